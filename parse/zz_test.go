package parse
import "testing"
func BenchmarkOurs(b *testing.B) {
	path := streamedBook(b, 100000, 16)
	b.ResetTimer()
	for range b.N { count(b, path) }
}
