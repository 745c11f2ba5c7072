//go:build !goexperiment.allocheaders

package main

const allocHeaders = false
