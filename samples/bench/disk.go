package main

import "os"

// disk is the least that books need which are durable before an order leaves: a file that grows, written and synced for
// all orders together that wait.
type disk struct {
	file  *os.File
	queue chan chan error
	done  chan struct{}
}

func newDisk(path string) (*disk, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	d := &disk{file: f, queue: make(chan chan error, 1024), done: make(chan struct{})}
	go d.run()
	return d, nil
}

// wait returns when what an order needs in the books is on the disk.
func (d *disk) wait() error {
	stored := make(chan error, 1)
	d.queue <- stored
	return <-stored
}

func (d *disk) run() {
	defer close(d.done)
	intent := make([]byte, 256) // about what one row is
	for first := range d.queue {
		group := []chan error{first}
		for more := true; more; {
			select {
			case next, open := <-d.queue:
				if more = open; open {
					group = append(group, next)
				}
			default:
				more = false
			}
		}
		var err error
		for range group {
			if _, failed := d.file.Write(intent); failed != nil {
				err = failed
			}
		}
		if failed := d.file.Sync(); failed != nil {
			err = failed
		}
		for _, stored := range group {
			stored <- err
		}
	}
}

func (d *disk) close() {
	close(d.queue)
	<-d.done
	d.file.Close()
}
