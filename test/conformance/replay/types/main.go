// Package main type-checks a package: trees, maps, interfaces, deep recursion.
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
)

func source() string {
	var b strings.Builder
	b.WriteString("package p\n\ntype T0 struct{ x int }\n")
	for i := 1; i < 30; i++ {
		fmt.Fprintf(&b, "type T%d struct { T%d; next *T%d; f func(T%d) []T%d }\n", i, i-1, i, i-1, i-1)
		fmt.Fprintf(&b, "func (t *T%d) M%d(a, b int) map[string]*T%d { return map[string]*T%d{\"k\": t.next} }\n", i, i, i, i)
		fmt.Fprintf(&b, "func g%d[E any](s []E) (E, int) { return s[%d], len(s) + ((%d*2)+(3<<2)) }\n", i, i, i)
		fmt.Fprintf(&b, "var v%d, n%d = g%d([]T%d{})\n", i, i, i, i)
	}
	return b.String()
}

func main() {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source(), 0)
	if err != nil {
		panic(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{},
		Defs:  map[*ast.Ident]types.Object{},
		Uses:  map[*ast.Ident]types.Object{},
	}
	if _, err := new(types.Config).Check("p", fset, []*ast.File{file}, info); err != nil {
		panic(err)
	}
}
