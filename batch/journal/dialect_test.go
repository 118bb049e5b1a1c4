package journal

import "testing"

// TestParametersKeepTheirNumbersWhereTheyNeedThem: of a parameter that comes twice, or out of turn, nothing else tells
// which one it is.
func TestParametersKeepTheirNumbersWhereTheyNeedThem(t *testing.T) {
	for query, want := range map[string]string{
		`SELECT 1`:                           `SELECT 1`,
		`a = $1 AND b = $2`:                  `a = ? AND b = ?`,
		`$1, $2, $3, $4, $5, $6, $7, $8, $9`: `?, ?, ?, ?, ?, ?, ?, ?, ?`,
		`$1$2$3$4$5$6$7$8$9$10$11`:           `???????????`,
		`a = $2 AND b = $1`:                  `a = $2 AND b = $1`,
		`a = $1 OR $1 = 0`:                   `a = $1 OR $1 = 0`,
		`a = $1 AND b = $10`:                 `a = $1 AND b = $10`,
	} {
		if got := (dialect{}).say(query); got != want {
			t.Errorf("%s is said as %s, want %s", query, got, want)
		}
	}
}
