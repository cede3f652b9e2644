package house

import (
	_ "embed"
	"fmt"
)

//go:embed data/order.txt
var orderText string

//go:embed data/charts.txt
var chartsText string

//go:embed data/shove.txt
var shoveText string

//go:embed data/omaha.txt
var omahaText string

// House is what all characters know. It never changes, and is safe for
// concurrent use.
type House struct {
	order  order
	better [cells]float64
	charts map[string]charts
	shoves *shoves
	// high and hilo rate hole cards of Omaha.
	high, hilo *omahaWorth
}

// Open reads what the characters know. It takes some milliseconds; keep the
// House. It returns an error only when the program was built with broken data.
func Open() (*House, error) {
	h := new(House)
	var err error
	if h.order, err = parseOrder(orderText); err != nil {
		return nil, fmt.Errorf("order of hands: %w", err)
	}
	h.better = h.order.percentiles()
	if h.charts, err = h.order.parseCharts(chartsText); err != nil {
		return nil, err
	}
	if h.shoves, err = parseShoves(shoveText); err != nil {
		return nil, err
	}
	if h.high, err = parseOmaha(omahaText, false); err != nil {
		return nil, err
	}
	if h.hilo, err = parseOmaha(omahaText, true); err != nil {
		return nil, err
	}
	for _, c := range Characters() {
		if h.charts[c.ID] == nil {
			return nil, fmt.Errorf("%w: there are no charts of %s", errNotation, c.ID)
		}
	}
	return h, nil
}
