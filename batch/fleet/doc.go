// Package fleet works in the background: a [Worker] sends the batches that the journal holds jobs for, and asks how
// orders stand. Any number of workers may be at one journal. Who drives a batch holds it, and what a worker leaves
// behind, however it ends, the next one goes on with from the books.
//
// It decides nothing about rows: all of that is the desk's. What is due is read from the journal, not from ticks, so
// nothing is missed while no worker runs.
package fleet
