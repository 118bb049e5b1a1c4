// Package sandbox is a panel to play with: an [http.Handler] that speaks the
// panel API v2 as panels' documents describe it, and keeps every order that it
// took in a ledger. The demo, the sandbox command and the tests send to it; for
// the tests its ledger is the truth about what was ordered.
//
// It shares no code with the product, so that it is an independent witness of
// the wire: what the client means to say counts for nothing here, only what
// arrived.
//
// Start with [New], serve the [Sandbox] from any http server, and read
// [Sandbox.Ledger] and [Sandbox.Requests]. Nothing runs in the background:
// statuses are computed from an order's age when someone asks.
//
// # What it takes
//
// One endpoint, whatever its path: POST, form-encoded, parameters in the body
// only. A GET gets 405 and an HTML page. Answers are JSON under Content-Type
// text/html, as real panels send them. The key is looked at first, then the rate,
// then the action. A request whose body doesn't arrive whole is dropped
// without an answer, see Config.TakeCut for the panel that is less careful.
//
// An add is judged by the type of its service and by nothing else; parameters that
// the type doesn't know are kept in the ledger and ignored.
//
// # Money
//
// Exact decimals of at most ten places. The charge leaves the balance when the
// order is taken. What a Partial or Canceled order didn't deliver comes back
// when it gets there, and the order's charge is then the net charge.
//
// Real panels raise prices while orders come in, shown by the catalogue at once,
// later or never (Prices, SetPrices), and tell the key in their answers (Echo).
//
// # Characters
//
// Real panels have characters: how they round, which words and codes they have for
// a no, in which shapes they tell, what their limits are, who else orders there.
// [Characters] lists them, [Like] makes a Config of one or of several, and one is
// all of them by turns. Balance and charges add up to the last digit in all of
// them, and the ledger tells of each order who made it and what its request met.
//
// # Faults
//
// A [Fault] spoils the answers of chosen requests, before the order is taken or
// after it, so that each way of losing an answer can be had on demand. See
// [ParseFault] for the text form.
package sandbox
