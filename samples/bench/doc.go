// Command bench measures the program against its goals and prints a table: what is wanted, what was measured, and
// whether it holds. Everything that is compared runs side by side in one run, so that ratios tell the same on a slow
// machine as on a fast one.
//
//	go run ./samples/bench               all goals; a quarter of an hour at most
//	go run ./samples/bench -only 3,7     some of them
//	go run ./samples/bench -quick        small sizes, to try the benchmarks themselves
//	go run ./samples/bench -million      what is said of a million rows
//
// A whole run writes its table into RESULTS.md beside it.
//
// What is measured are processes: the program as a person runs it, a script as a reseller writes it. Panels are
// processes of their own, so that their work counts for nobody, and so are sheets, which are made before. For a panel
// as they are, a line of a given round trip lies before it, with TLS of an authority that SSL_CERT_FILE names.
package main
