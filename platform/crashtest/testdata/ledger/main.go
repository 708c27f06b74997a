// Command ledger is the smallest program that can keep a promise, or break it:
// POST / writes a line to a file and answers, GET / lists the lines. The test of
// the crash kit runs it honest, and in three ways that the kit must notice.
package main

import (
	"fmt"
	"net/http"
	"os"
	"sync"
)

func main() {
	file, addr, mode := os.Args[1], os.Args[2], os.Args[3]
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		panic(err)
	}
	var mu sync.Mutex
	var held []byte
	http.HandleFunc("POST /{name}", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		line := []byte(r.PathValue("name") + "\n")
		switch mode {
		case "forgetful": // answers before it has written
			held = append(held, line...)
			if len(held) > 200 {
				f.Write(held)
				held = nil
			}
		case "doubling":
			f.Write(append(line, line...))
		default:
			f.Write(line)
			f.Sync()
		}
	})
	http.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) {
		all, _ := os.ReadFile(file)
		w.Write(all)
	})
	fmt.Fprintln(os.Stderr, "listening")
	if mode == "dying" {
		os.Exit(3)
	}
	panic(http.ListenAndServe(addr, nil))
}
