// Package report tells people and programs what became of a batch. It reads the journal and writes a
// results workbook, CSV or JSON lines ([Book.Write]), one JSON object ([Result]), and what a person
// sees on a terminal ([Terminal], [Progress]). It changes nothing, and talks to no panel.
//
// Everything here is a function of the journal: written twice, it is the same twice.
//
// Two words stay apart: state is ours, status is the panel's. A row that is being sent is told as in
// doubt, since whoever reads it can't know better.
package report
