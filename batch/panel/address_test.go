package panel

import "testing"

func TestOneAddressIsOneText(t *testing.T) {
	for _, c := range []struct{ name, address, want string }{
		{"as it should be", "https://panel.example/api/v2", "https://panel.example/api/v2"},
		{"capitals", "HTTPS://Panel.EXAMPLE/api/v2", "https://panel.example/api/v2"},
		{"the path's letters count", "https://panel.example/API/v2", "https://panel.example/API/v2"},
		{"the scheme's own port", "https://panel.example:443/api/v2", "https://panel.example/api/v2"},
		{"a port without a number", "https://panel.example:/api/v2", "https://panel.example/api/v2"},
		{"http's own port", "http://127.0.0.1:80/api/v2", "http://127.0.0.1/api/v2"},
		{"another port", "https://panel.example:8443/api/v2", "https://panel.example:8443/api/v2"},
		{"http's port with https", "https://panel.example:80/api/v2", "https://panel.example:80/api/v2"},
		{"a slash at the end", "https://panel.example/api/v2/", "https://panel.example/api/v2"},
		{"a host alone", "https://panel.example/", "https://panel.example"},
		{"a dot behind the host", "https://panel.example./api/v2", "https://panel.example/api/v2"},
		{"IPv6", "http://[::1]:80/api/", "http://[::1]/api"},
		{"blanks around it", " https://panel.example/api/v2 ", "https://panel.example/api/v2"},
		{"escapes in the path", "https://panel.example/a%2Fb/", "https://panel.example/a%2Fb"},
		{"no address", "panel", "panel"},
		{"nothing", "", ""},
	} {
		if got := NormalAddress(c.address); got != c.want {
			t.Errorf("%s: %q became %q, want %q", c.name, c.address, got, c.want)
		}
		if again := NormalAddress(NormalAddress(c.address)); again != c.want {
			t.Errorf("%s: a second time it becomes %q", c.name, again)
		}
	}
}
