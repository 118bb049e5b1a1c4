// Package samples holds what people copy: sheets, a configuration, and scripts that show the program at
// work, which are run as tests. Its folder sandbox is a panel to play with.
package samples
