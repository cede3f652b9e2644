package poker

// Chips is an amount of chips; there are no fractions.
type Chips int64

// MaxStack is the largest stack a hand takes. The sum of all stacks and every
// raise stay far below what Chips can hold.
const MaxStack Chips = 1 << 50
