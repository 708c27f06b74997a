package disclose

import (
	"alongside/platform/field"
)

// DemandKinds are the demands that open a hold.
func DemandKinds() []field.Option {
	return []field.Option{
		{Value: "subpoena", Label: words{EN: "Subpoena", ES: "Citación", AR: "استدعاء قضائي"}},
		{Value: "court-order", Label: words{EN: "Order of a court", ES: "Orden de un tribunal", AR: "أمر محكمة"}},
		{Value: "warrant", Label: words{EN: "Warrant", ES: "Orden de registro o arresto", AR: "مذكرة تفتيش أو توقيف"}},
		{Value: "police", Label: words{EN: "The police ask", ES: "La policía pregunta", AR: "الشرطة تسأل"}},
		{Value: "child-protection", Label: words{EN: "Child protection", ES: "Protección de menores", AR: "حماية الأطفال"}},
		{Value: "other", Label: words{EN: "Another authority", ES: "Otra autoridad", AR: "سلطة أخرى"}},
	}
}

// lostToo are those, and what a restore puts in the place of one that it knows nothing of.
func lostToo() []field.Option {
	return append(DemandKinds(), field.Option{Value: Lost, Label: words{
		EN: "It came after the copy that was put back", ES: "Llegó después de la copia que se restauró", AR: "ورد بعد النسخة التي أُعيدت",
	}})
}

// DecisionKinds are what can be decided about a demand.
func DecisionKinds() []field.Option {
	return []field.Option{
		{Value: Refuse, Label: words{EN: "Say no", ES: "Decir que no", AR: "نقول لا"}},
		{Value: Comply, Label: words{EN: "Tell what the order names", ES: "Contar lo que nombra la orden", AR: "نخبر بما يسميه الأمر"}},
		{Value: Report, Label: words{EN: "Make the report the law asks for, and no more", ES: "Hacer el aviso que pide la ley, y nada más", AR: "نقدم البلاغ الذي يطلبه القانون ولا شيء غيره"}},
		{Value: Nothing, Label: words{EN: "Nothing to decide any more", ES: "Ya no hay nada que decidir", AR: "لم يعد هناك ما يُقرر"}},
	}
}

// Demands says what the record of a demand holds. It is sealed under the
// demand's own key.
func Demands() *field.Record[Demand] {
	type f = field.Field[Demand]
	return field.Define("disclose_demand",
		field.Keys[Demand]{
			ID: []string{"demand"}, Subject: func(d *Demand) string { return string(d.Lock) },
			Title:    words{EN: "A court or the police asked about you", ES: "Un tribunal o la policía preguntó por usted", AR: "سألت محكمة أو الشرطة عنك"},
			Withheld: func(d *Demand) bool { return d.Quiet },
		},
		f{Column: "demand", Kind: field.Ref, At: func(d *Demand) any { return &d.ID }},
		f{Column: "lock", Kind: field.Ref, At: func(d *Demand) any { return &d.Lock }},
		f{Column: "person", Kind: field.Ref, At: func(d *Demand) any { return &d.Person }},
		f{
			Column: "kind", Kind: field.Choice, Asked: true, Required: true, Options: lostToo(),
			Label: words{EN: "What kind", ES: "De qué tipo", AR: "أي نوع"}, At: func(d *Demand) any { return &d.Kind },
		},
		f{
			Column: "from_whom", Kind: field.Text, Asked: true, Required: true, Sealed: true,
			Label: words{EN: "From whom", ES: "De quién", AR: "ممن"}, At: func(d *Demand) any { return &d.FromWhom },
		},
		f{
			Column: "reference", Kind: field.Text, Asked: true, Sealed: true,
			Label: words{EN: "Its number", ES: "Su número", AR: "رقمه"}, At: func(d *Demand) any { return &d.Reference },
		},
		f{
			Column: "ordered", Kind: field.Flag, Asked: true,
			Label: words{EN: "A court’s order that names this law is at hand", ES: "Hay una orden judicial que nombra esta ley", AR: "يوجد أمر محكمة يذكر هذا القانون"},
			At:    func(d *Demand) any { return &d.Ordered },
		},
		f{
			Column: "compelled", Kind: field.Flag, Asked: true,
			Label: words{EN: "A subpoena is at hand", ES: "Hay una citación", AR: "يوجد استدعاء"}, At: func(d *Demand) any { return &d.Compelled },
		},
		f{
			Column: "quiet", Kind: field.Flag, Asked: true,
			Label: words{EN: "The law forbids telling the person", ES: "La ley prohíbe decírselo a la persona", AR: "القانون يمنع إخبار الشخص"},
			Yours: words{EN: "The law forbade telling you", ES: "La ley prohibía decírselo", AR: "كان القانون يمنع إخبارك"},
			At:    func(d *Demand) any { return &d.Quiet },
		},
		f{
			Column: "received_at", Kind: field.Instant, Label: words{EN: "Came on", ES: "Llegó el", AR: "وصل في"},
			At: func(d *Demand) any { return &d.ReceivedAt },
		},
		f{Column: "received_by", Kind: field.Ref, At: func(d *Demand) any { return &d.ReceivedBy }},
		f{Column: "decider", Kind: field.Ref, At: func(d *Demand) any { return &d.Decider }},
		f{
			Column: "decision", Kind: field.Choice, Asked: true, Options: DecisionKinds(),
			Label: words{EN: "Decision", ES: "Decisión", AR: "القرار"}, At: func(d *Demand) any { return &d.Decision },
		},
		f{Column: "basis", Kind: field.Ref, At: func(d *Demand) any { return &d.Before }},
		f{
			Column: "ground", Kind: field.Text, Sealed: true, Limit: 80,
			Label: words{EN: "By which order or law", ES: "Según qué orden o ley", AR: "بموجب أي أمر أو قانون"}, At: func(d *Demand) any { return &d.Basis },
		},
		f{
			Column: "note", Kind: field.Long, Asked: true, Sealed: true, Limit: 1000,
			Label: words{EN: "Why", ES: "Por qué", AR: "لماذا"}, At: func(d *Demand) any { return &d.Note },
		},
		f{
			Column: "decided_at", Kind: field.Instant, Label: words{EN: "Decided on", ES: "Decidido el", AR: "تقرر في"},
			At: func(d *Demand) any { return &d.DecidedAt },
		},
		f{Column: "version", Kind: field.Version, At: func(d *Demand) any { return &d.Version }},
	)
}
