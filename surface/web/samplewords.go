package web

import (
	"time"

	"alongside/platform/i18n"
	"alongside/platform/page"
	"alongside/platform/page/ui"
)

// say picks a made-up sentence in the view's language.
func say(v *page.View, en, es, ar string) string {
	return v.Text(i18n.Text{EN: en, ES: es, AR: ar})
}

func storyMenu(v *page.View) []page.Link {
	return []page.Link{
		{Path: "/pages/parts/board", Label: say(v, "Tonight", "Esta noche", "الليلة")},
		{Path: "/pages/parts/empty", Label: say(v, "Walking alongside", "Caminando juntos", "نسير معًا")},
		{Path: "/pages/parts/all", Label: say(v, "All parts", "Todas las partes", "كل الأجزاء")},
		{Path: "/pages/parts/ask", Label: say(v, "A form", "Un formulario", "نموذج")},
		{Path: "/pages/parts/status", Label: say(v, "How it stands", "Cómo va", "كيف يسير الأمر")},
		{Path: "/pages", Label: say(v, "Every page", "Todas las páginas", "كل الصفحات")},
	}
}

func ago(minutes int) time.Time { return storyTime().Add(-time.Duration(minutes) * time.Minute) }

func askOptions(v *page.View) []ui.OptionProps {
	return []ui.OptionProps{
		{Value: "yes", Label: say(v, "Yes", "Sí", "نعم")},
		{Value: "not-asked", Label: say(v, "I have not asked yet", "Aún no he preguntado", "لم أسأل بعد")},
		{Value: "cannot", Label: say(v, "They cannot answer yet", "Aún no puede responder", "لا يستطيع الإجابة بعد")},
	}
}

func statusStones(v *page.View) ui.PathProps {
	return ui.PathProps{Label: say(v, "What has happened", "Lo que ha pasado", "ما حدث"), Stones: []ui.Stone{
		{Walk: ui.Walked, Words: say(v, "You asked", "Usted pidió", "طلبت"), At: ago(12)},
		{Walk: ui.Walked, Words: say(v, "Two peers were told", "Se avisó a dos pares", "أُبلغ قرينان"), At: ago(12)},
		{Walk: ui.Walked, Words: say(v, "A peer said yes", "Un par dijo que sí", "قبِل أحد الأقران"), At: ago(9), Note: say(v, "3 minutes after you asked", "3 minutos después", "بعد 3 دقائق من طلبك")},
		{Walk: ui.Lit, Words: say(v, "On the way", "En camino", "في الطريق"), Note: say(v, "expected about 23:17", "se espera a las 23:17", "متوقَّع نحو 23:17")},
		{Walk: ui.Ahead, Words: say(v, "With them", "Con la persona", "معه"), Note: say(v, "we will show it here", "lo mostraremos aquí", "سنعرضه هنا")},
	}}
}

func boardStones(v *page.View) ui.PathProps {
	return ui.PathProps{Label: say(v, "Blue's path", "El camino de Blue", "طريق بلو"), Stones: []ui.Stone{
		{Walk: ui.Walked, Words: say(v, "Asked at Mercy", "Se pidió en Mercy", "طُلب في ميرسي"), At: ago(3 * 1440)},
		{Walk: ui.Walked, Words: say(v, "You were there", "Usted estuvo allí", "كنت هناك"), At: ago(3*1440 - 19), Note: say(v, "naloxone kit given", "se dio naloxona", "أُعطي النالوكسون")},
		{Walk: ui.Walked, Words: say(v, "Said yes to Harbour Clinic", "Dijo que sí a la clínica Harbour", "وافق على عيادة هاربر"), Note: say(v, "consent for this one place, until 30 June", "permiso solo para este lugar, hasta el 30 de junio", "موافقة لهذا المكان وحده حتى 30 يونيو")},
		{Walk: ui.Lit, Words: say(v, "Introduced, three of you", "Presentados, los tres", "تعارفتم، ثلاثتكم"), At: ago(800), Note: say(v, "by phone", "por teléfono", "بالهاتف")},
		{Walk: ui.Ahead, Words: say(v, "First visit", "Primera visita", "أول زيارة"), At: storyTime().Add(84 * time.Hour)},
		{Walk: ui.Ahead, Words: say(v, "A month on", "Un mes después", "بعد شهر")},
	}}
}

func storyEntries(v *page.View) []ui.Entry {
	return []ui.Entry{
		{At: ago(4), Words: say(v, "Rosa said: I will go", "Rosa dijo: voy yo", "قالت روزا: سأذهب"), Who: "Rosa"},
		{At: ago(12), Words: say(v, "Asked at Mercy, bay 7", "Se pidió en Mercy, box 7", "طُلب في ميرسي، سرير 7"), Note: say(v, "Speaks Spanish.", "Habla español.", "يتحدّث الإسبانية.")},
		{At: ago(2000), Words: say(v, "Tried by phone", "Se intentó por teléfono", "محاولة بالهاتف"), Who: "Sam O.", Corrected: true},
	}
}

func storyTable(v *page.View) ui.TableProps {
	return ui.TableProps{
		Caption: say(v, "Asked in October", "Pedidos en octubre", "الطلبات في أكتوبر"),
		Columns: []ui.Column{
			{Words: say(v, "Site", "Lugar", "الموقع")},
			{Words: say(v, "Asked", "Pedidos", "طُلب"), Number: true},
			{Words: say(v, "Met", "Encuentros", "لقاءات"), Number: true},
			{Words: say(v, "State", "Estado", "الحالة")},
		},
		Rows: [][]ui.Cell{
			{{Words: "Mercy", Path: "/pages/parts/board"}, {Words: "41"}, {Words: "36"}, {Words: say(v, "open", "abierto", "مفتوح"), Tagged: true}},
			{{Words: "Harbour"}, {Words: "12"}, {Words: "9"}, {Words: say(v, "thin", "pocos datos", "بيانات قليلة"), Tagged: true, Tag: ui.Lamp}},
		},
	}
}
