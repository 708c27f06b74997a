package web

import (
	"embed"
	"io/fs"

	"alongside/platform/i18n"
	"alongside/platform/module"
	"alongside/platform/page/ui"
)

//go:embed words
var words embed.FS

// Sources lists every words folder of the program: the frame's, the errors',
// the parts' and those of the modules.
func Sources(modules []module.Module) []i18n.Source {
	out := []i18n.Source{folder("shell"), folder("error"), ui.Words()}
	for _, m := range modules {
		if _, none := m.Words.(module.NoFiles); none || m.Words == nil {
			continue
		}
		out = append(out, i18n.Source{Prefix: m.Name, FS: m.Words})
	}
	return out
}

func folder(name string) i18n.Source {
	sub, err := fs.Sub(words, "words/"+name)
	if err != nil {
		return i18n.Source{Prefix: name, FS: words}
	}
	return i18n.Source{Prefix: name, FS: sub}
}
