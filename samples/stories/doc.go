// Package stories holds the tests of the whole program: the built binary, called as people call it, against the
// sample panel. The panel's ledger is the truth about what was ordered. Its folder scripts shows the program at
// work, one story a file.
package stories
