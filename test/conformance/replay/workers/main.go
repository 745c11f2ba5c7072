// Package main has goroutines that start, wait for each other, recurse and end.
package main

import "sync"

type tree struct {
	left, right *tree
	name        []byte
}

func build(depth int) *tree {
	if depth == 0 {
		return nil
	}
	return &tree{build(depth - 1), build(depth - 1), make([]byte, depth*3)}
}

func deep(n int) *[4]int {
	var pad [64]byte
	if n == 0 {
		return new([4]int)
	}
	p := deep(n - 1)
	p[n%4] += int(pad[n%64]) + n
	return p
}

func main() {
	jobs := make(chan int)
	results := make(chan any, 4)
	var wg sync.WaitGroup
	for w := 0; w < 6; w++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for n := range jobs {
				if n%2 == 0 {
					results <- build(n % 7)
				} else {
					results <- deep(n * 4)
				}
			}
		}()
	}
	go func() {
		for n := 0; n < 60; n++ {
			jobs <- n
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()
	kept := map[int]any{}
	for r := range results {
		kept[len(kept)] = r
	}
	for round := 0; round < 8; round++ {
		var all sync.WaitGroup
		for i := 0; i < 5; i++ {
			all.Add(1)
			go func() {
				defer all.Done()
				kept[-1] = deep(i * 20 * round)
			}()
		}
		all.Wait()
	}
}
