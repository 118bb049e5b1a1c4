package panel

import (
	"fmt"
	"net"
	"syscall"
	"testing"
	"time"
)

// TestADialThatTimesOutIsUnsent: a port whose queue is full lets the kernel drop every further SYN, as a host does
// that is behind a firewall.
func TestADialThatTimesOutIsUnsent(t *testing.T) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(fd)
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Listen(fd, 0); err != nil {
		t.Fatal(err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	address := fmt.Sprintf("127.0.0.1:%d", name.(*syscall.SockaddrInet4).Port)
	full := false
	for range 16 {
		c, err := net.DialTimeout("tcp", address, 100*time.Millisecond)
		if err != nil {
			full = true
			break
		}
		defer c.Close()
	}
	if !full {
		t.Fatal("the queue of the port can't be filled")
	}
	c := client(t, "http://"+address+"/api/v2", nil)
	c.Timeout = 300 * time.Millisecond
	begin := time.Now()
	if a := c.Add(t.Context(), order()); a.Verdict != Unsent || a.Stop != GoOn {
		t.Errorf("got %s (%s), want unsent", inWords(a), a.Words)
	}
	if took := time.Since(begin); took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
}
