package credential

// Occupy takes every place of a hasher. The function it returns leaves the
// slots taken and frees a number of places in the queue, or with 0 frees all.
func Occupy(a *Argon) func(places int) {
	for range cap(a.slots) {
		a.slots <- struct{}{}
	}
	for range cap(a.queue) {
		a.queue <- struct{}{}
	}
	return func(places int) {
		if places == 0 {
			for len(a.slots) > 0 {
				<-a.slots
			}
			places = len(a.queue)
		}
		for range places {
			<-a.queue
		}
	}
}
