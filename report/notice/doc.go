// Package notice posts what became of a batch to the address of a chat service or a program ([Notice]).
package notice
