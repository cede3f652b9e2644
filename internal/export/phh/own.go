package phh

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"kibitz/internal/poker"
	"kibitz/internal/poker/eval"
)

// readOwn reads our own keys.
func (h *Hand) readOwn(a *amounts, d *document) error {
	h.Cap, h.Uncapped, h.StraddleRaise = d.Cap, d.Uncapped, d.StraddleRaise
	for i, text := range d.Posts {
		w := words(text)
		if len(w) != 3 {
			return fmt.Errorf("%w: _posts: %d, %.40q: want player, kind and amount", ErrFormat, i+1, text)
		}
		p, err := position(w[0], len(h.Stacks))
		if err != nil {
			return fmt.Errorf("_posts: %w", err)
		}
		amount, err := a.read(w[2])
		if err != nil {
			return fmt.Errorf("_posts: %w", err)
		}
		h.Posts = append(h.Posts, poker.Post{Pos: p, Kind: poker.PostKind(w[1]), Amount: amount})
	}
	if d.Second == "" {
		return nil
	}
	var err error
	if h.Second, err = cards(d.Second); err != nil {
		return fmt.Errorf("_second_board: %w", err)
	}
	return nil
}

// format writes our own keys, as far as they say anything.
func (o *Own) format(line func(key, value string), scale poker.Chips) {
	if o.Posts != nil {
		texts := make([]string, len(o.Posts))
		for i, p := range o.Posts {
			texts[i] = fmt.Sprintf("'p%d %s %s'", p.Pos+1, p.Kind, format(p.Amount, scale))
		}
		line("_posts", "["+strings.Join(texts, ", ")+"]")
	}
	if o.Cap != 0 {
		line("_cap", strconv.Itoa(o.Cap))
	}
	if o.Uncapped {
		line("_uncapped_heads_up", "true")
	}
	if o.StraddleRaise {
		line("_straddle_raise", "true")
	}
	if o.Second != nil {
		line("_second_board", "'"+eval.FormatCards(o.Second)+"'")
	}
}

// place reads where and when the hand was played. What makes no sense is left
// out: nothing of it changes the hand.
func (d *document) place(players int) Place {
	p := Place{Table: label(d.Table), Number: number(d.Hand), SeatCount: number(d.SeatCount)}
	if list, ok := d.Seats.([]any); ok && len(list) == players {
		taken := map[int]bool{}
		for _, v := range list {
			n := number(v)
			if n < 1 || n > poker.MaxPlayers || taken[n] {
				p.Seats = nil
				break
			}
			taken[n] = true
			p.Seats = append(p.Seats, n)
		}
	}
	if year := number(d.Year); year > 0 && year < 10000 {
		hour, minute, second := 0, 0, 0
		if at, ok := d.Time.(time.Time); ok {
			hour, minute, second = at.Clock()
		}
		p.At = time.Date(year, time.Month(number(d.Month)), number(d.Day), hour, minute, second, 0, time.UTC)
	}
	return p
}

// number returns a small number as it stands in a file, or 0.
func number(v any) int {
	switch v := v.(type) {
	case int64:
		if v > 0 && v < 1<<31 {
			return int(v)
		}
	case string:
		if n, err := strconv.Atoi(v); err == nil {
			return number(int64(n))
		}
	}
	return 0
}

// label returns a short text or a number as text.
func label(v any) string {
	switch v := v.(type) {
	case string:
		if len(v) <= 100 {
			return v
		}
	case int64:
		return strconv.FormatInt(v, 10)
	}
	return ""
}

// format writes where and when the hand was played, as far as it is known.
func (p *Place) format(line func(key, value string)) {
	if p.Seats != nil {
		texts := make([]string, len(p.Seats))
		for i, seat := range p.Seats {
			texts[i] = strconv.Itoa(seat)
		}
		line("seats", "["+strings.Join(texts, ", ")+"]")
	}
	if p.SeatCount > 0 {
		line("seat_count", strconv.Itoa(p.SeatCount))
	}
	if p.Table != "" {
		line("table", quote(p.Table))
	}
	if p.Number > 0 {
		line("hand", strconv.Itoa(p.Number))
	}
	if p.At.IsZero() {
		return
	}
	at := p.At.UTC()
	line("time", at.Format("15:04:05"))
	line("time_zone", "'UTC'")
	line("day", strconv.Itoa(at.Day()))
	line("month", strconv.Itoa(int(at.Month())))
	line("year", strconv.Itoa(at.Year()))
}
