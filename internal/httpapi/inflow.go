package httpapi

// inflow makes messages of the bytes that a client sends. It keeps memory only
// while a frame, or a message of several, is on its way.
type inflow struct {
	// rest is the start of a frame whose end has not come.
	rest []byte
	// parts is what has come of a message in several frames, while split.
	parts []byte
	split bool
	// take gets every message and every control frame; what it is given is
	// good until it returns.
	take func(op byte, payload []byte) error
}

// feed takes the next bytes, which it may change. An error is a closing, or
// one of take.
func (in *inflow) feed(b []byte) error {
	own := in.rest != nil
	if own {
		b = append(in.rest, b...)
		in.rest = nil
	}
	for len(b) > 0 {
		h, ok, err := parseHead(b)
		if err != nil {
			return err
		}
		if !ok || len(b) < h.bytes+h.size {
			if !own {
				b = append([]byte(nil), b...)
			}
			in.rest = b
			return nil
		}
		payload := b[h.bytes : h.bytes+h.size]
		b, own = b[h.bytes+h.size:], false
		unmask(payload, h.mask)
		if err := in.frame(h, payload); err != nil {
			return err
		}
	}
	return nil
}

// frame takes one whole frame.
func (in *inflow) frame(h frameHead, payload []byte) error {
	switch {
	case h.op >= opClose:
		return in.take(h.op, payload)
	case in.split != (h.op == opMore):
		return closing{closeProtocol, "the parts of a message follow each other"}
	case h.fin && !in.split:
		return in.take(opText, payload)
	case len(in.parts)+len(payload) > maxMessage:
		return closing{closeTooLarge, "the message is too large"}
	}
	in.parts, in.split = append(in.parts, payload...), true
	if !h.fin {
		return nil
	}
	whole := in.parts
	in.parts, in.split = nil, false
	return in.take(opText, whole)
}
