// Package main encodes and decodes JSON: reflection, maps, strings, growing buffers.
package main

import (
	"encoding/json"
	"fmt"
)

type item struct {
	Name  string         `json:"name"`
	Tags  []string       `json:"tags"`
	Attrs map[string]any `json:"attrs"`
	Next  *item          `json:"next,omitempty"`
}

func main() {
	var head *item
	for i := 0; i < 40; i++ {
		head = &item{
			Name:  fmt.Sprintf("item-%d", i),
			Tags:  []string{"a", fmt.Sprint(i), "c"},
			Attrs: map[string]any{"n": i, "half": float64(i) / 2, "list": []int{i, i + 1}},
			Next:  head,
		}
	}
	text, err := json.Marshal(head)
	if err != nil {
		panic(err)
	}
	var back item
	if err := json.Unmarshal(text, &back); err != nil {
		panic(err)
	}
	var loose map[string]any
	if err := json.Unmarshal(text, &loose); err != nil {
		panic(err)
	}
}
