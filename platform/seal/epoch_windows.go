package seal

import "os"

// epochPage reads the epoch from the file each time.
type epochPage struct{ file *os.File }

func mapEpoch(f *os.File) (*epochPage, error) { return &epochPage{f}, nil }

func (p *epochPage) epoch() (uint64, error) { return readNumber(p.file, epochAt) }
