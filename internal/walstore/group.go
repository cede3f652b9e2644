package walstore

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"

	"kibitz/internal/table"
)

// A group is what one write and one sync stored:
//
//	 0 magic u32      4 length of the payload u32
//	 8 index u64      16 chain before it u32
//	20 checksum of the payload u32
//	24 zero u32       28 checksum of the 28 bytes before u32
//	32 payload: items, one after the other
//
// Integers are little endian, checksums CRC-32C. Groups are numbered 1, 2, 3
// ... through all segments. The checksum of a header is the chain before the
// next group, so every group vouches for all before it.
const (
	groupHeaderLen = 32
	groupMagic     = 0x5052474b // "KGRP"
	// maxPayload bounds what is believed of a header: the largest append, and
	// what an item adds to it.
	maxPayload = table.MaxAppendBytes + 64
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(b []byte) uint32 { return crc32.Checksum(b, castagnoli) }

// link is a place between two groups: the index of the group before it, and
// the chain that the group after it must name.
type link struct {
	index uint64
	chain uint32
}

type groupHeader struct {
	size   int
	before link
	sum    uint32
	chain  uint32
}

func (h groupHeader) after() link { return link{h.before.index + 1, h.chain} }

// sealGroup fills in the header of the group that b holds, payload included,
// and returns the link behind it.
func sealGroup(b []byte, before link) link {
	le := binary.LittleEndian
	payload := b[groupHeaderLen:]
	le.PutUint32(b[0:], groupMagic)
	le.PutUint32(b[4:], uint32(len(payload)))
	le.PutUint64(b[8:], before.index+1)
	le.PutUint32(b[16:], before.chain)
	le.PutUint32(b[20:], checksum(payload))
	le.PutUint32(b[24:], 0)
	chain := checksum(b[:28])
	le.PutUint32(b[28:], chain)
	return link{before.index + 1, chain}
}

// parseGroupHeader reads a header, and reports whether it is one.
func parseGroupHeader(b []byte) (groupHeader, bool) {
	le := binary.LittleEndian
	h := groupHeader{
		size:   int(le.Uint32(b[4:])),
		before: link{le.Uint64(b[8:]) - 1, le.Uint32(b[16:])},
		sum:    le.Uint32(b[20:]),
		chain:  le.Uint32(b[28:]),
	}
	ok := le.Uint32(b) == groupMagic && h.chain == checksum(b[:28]) && h.size <= maxPayload
	return h, ok
}

// groupReader reads the groups of a segment one after the other.
type groupReader struct {
	r       *bufio.Reader
	name    string
	off     int64 // of the next group
	end     int64
	at      link
	payload []byte
}

func newGroupReader(s *segment, end int64) *groupReader {
	section := io.NewSectionReader(s.file, segmentHeaderLen, end-segmentHeaderLen)
	return &groupReader{
		r: bufio.NewReaderSize(section, 1<<18), name: s.name(),
		off: segmentHeaderLen, end: end, at: s.firstLink(),
	}
}

// next returns the offset and the payload of the next group, valid until the
// next call. It fails with io.EOF at the end, and with table.ErrDamaged at
// what is not the group that belongs there; off then still points at it.
func (g *groupReader) next() (off int64, payload []byte, err error) {
	if g.off == g.end {
		return g.off, nil, io.EOF
	}
	var head [groupHeaderLen]byte
	if err := g.fill(head[:]); err != nil {
		return g.off, nil, err
	}
	h, ok := parseGroupHeader(head[:])
	if !ok || h.before != g.at {
		return g.off, nil, damaged(g.name, g.off, fmt.Sprintf("no header of group %d", g.at.index+1))
	}
	if cap(g.payload) < h.size {
		g.payload = make([]byte, h.size)
	}
	g.payload = g.payload[:h.size]
	if err := g.fill(g.payload); err != nil {
		return g.off, nil, err
	}
	if checksum(g.payload) != h.sum {
		return g.off, nil, damaged(g.name, g.off, fmt.Sprintf("checksum of group %d", h.before.index+1))
	}
	off = g.off
	g.off += int64(groupHeaderLen + h.size)
	g.at = h.after()
	return off + groupHeaderLen, g.payload, nil
}

func (g *groupReader) fill(b []byte) error {
	_, err := io.ReadFull(g.r, b)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return damaged(g.name, g.off, fmt.Sprintf("group %d is cut short", g.at.index+1))
	}
	return err
}

// damaged says where stored bytes are not what was written.
func damaged(name string, off int64, what string) error {
	return fmt.Errorf("%w: %s at offset %d: %s", table.ErrDamaged, name, off, what)
}
