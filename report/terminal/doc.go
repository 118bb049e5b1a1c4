// Package terminal prints for a person ([Screen], [Progress]). Text that comes from sheets and panels is made safe on
// the way; lines fit the terminal.
package terminal
