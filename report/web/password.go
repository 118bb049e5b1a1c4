package web

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// hash is a password that was hashed by argon2id, as the configuration holds it:
// $argon2id$v=19$m=19456,t=2,p=1$SALT$SUM.
type hash struct {
	memory, time uint32 // KiB, passes
	threads      uint8
	salt, sum    []byte
}

// What a new hash costs: about 20 ms, and 19 MiB.
const hashMemory, hashTime, hashThreads = 19 << 10, 2, 1

// shortest is how many characters a password has at least, and longest how many bytes at most.
const shortest, longest = 10, 1 << 10

// HashPassword gives what the configuration holds of a password.
func HashPassword(password string) (string, error) {
	if utf8.RuneCountInString(password) < shortest || len(password) > longest {
		return "", fmt.Errorf("a password has %d characters or more; four words of no sentence are a good one", shortest)
	}
	h := hash{memory: hashMemory, time: hashTime, threads: hashThreads, salt: make([]byte, 16), sum: make([]byte, 32)}
	_, _ = rand.Read(h.salt) // it never fails
	h.sum = h.of(password)
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.memory, h.time, h.threads,
		encode(h.salt), encode(h.sum)), nil
}

var errNoHash = errors.New("is no argon2id hash; `bulkorder serve password NAME` makes one")

// readHash reads a hash. One that would take more memory or time than any that we make is refused.
func readHash(text string) (h hash, err error) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return h, errNoHash
	}
	n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.time, &h.threads)
	if err != nil || n != 3 || h.memory < 8 || h.memory > 256<<10 || h.time < 1 || h.time > 16 || h.threads < 1 {
		return h, errNoHash
	}
	if h.salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil || len(h.salt) < 8 {
		return h, errNoHash
	}
	if h.sum, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil || len(h.sum) < 16 {
		return h, errNoHash
	}
	return h, nil
}

func (h hash) of(password string) []byte {
	return argon2.IDKey([]byte(password), h.salt, h.time, h.memory, h.threads, uint32(len(h.sum)))
}

// is tells whether a password is the one that was hashed.
func (h hash) is(password string) bool {
	return len(password) <= longest && subtle.ConstantTimeCompare(h.of(password), h.sum) == 1
}
