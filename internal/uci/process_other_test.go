//go:build !linux

package uci

func fakeServer() {}
