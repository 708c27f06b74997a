//go:build unix

package seal

import (
	"encoding/binary"
	"os"
	"runtime"
	"syscall"
)

// epochPage is the header of persons.keys as every process sees it at this
// moment. The epoch is read for each value that is sealed, opened or marked, a
// few hundred for one page; a call into the system each time was an eighth of
// what the peers' board costs.
type epochPage struct{ b []byte }

// mapEpoch shares the header's page with the system. It is given back when
// nobody holds it any more, not with the file: a goroutine may just be reading.
func mapEpoch(f *os.File) (*epochPage, error) {
	b, err := syscall.Mmap(int(f.Fd()), 0, headerSize, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	p := &epochPage{b}
	runtime.AddCleanup(p, func(b []byte) { _ = syscall.Munmap(b) }, b)
	return p, nil
}

func (p *epochPage) epoch() (uint64, error) {
	n := binary.BigEndian.Uint64(p.b[epochAt:])
	runtime.KeepAlive(p)
	return n, nil
}
