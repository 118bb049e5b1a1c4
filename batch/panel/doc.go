// Package panel speaks the HTTP API ("API v2") of a panel: services, add, status, refill,
// refill_status, cancel and balance, as the documents of the panels in [Presets] describe them.
//
// It knows the wire: how a request is sent so that it can't be sent twice, how an answer is read,
// and what the ending of an add means ([Verdict]). It knows nothing of sheets, journals or batches:
// whether a row is sent, or sent again, is decided elsewhere, from what this package reports.
//
// Answers are decoded leniently (any scalar may be a string, a number or null) and decided upon
// strictly: what isn't certainly an order (placed.go) or certainly a refusal (clearno.go, by the words of texts.go) is
// [InDoubt].
//
// Begin with [Preset], then [New].
package panel
