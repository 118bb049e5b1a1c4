// Package report tells what became of a batch: one JSON object ([Result]), the columns of results ([ResultColumns]),
// what a person should know of a row ([ProblemsOf]), what was spent. It reads the books, changes nothing and talks to
// no panel. Package book writes the results as files, package terminal prints them, package notice posts them.
//
// Everything here is a function of the journal: written twice, it is the same twice.
//
// Two words stay apart: state is ours, status is the panel's. A row that is being sent is told as in
// doubt, since whoever reads it can't know better.
package report
