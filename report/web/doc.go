// Package web is the page: what the terminal does, for people who never open one. A sheet is uploaded, read, reviewed,
// placed, watched, and its results are taken home.
//
// It keeps no state of its own. What was uploaded and chosen lies in the journal, so two tabs, a reload, a double click
// and a server that was killed change nothing; what it holds in memory is made again from there. It decides nothing
// about rows either: all of that is the desk's, and workers send them ([fleet.Worker]).
//
// Every page works without scripts: forms and links, rendered here. The script makes it live.
package web
