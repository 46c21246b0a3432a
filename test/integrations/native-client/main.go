// A service whose requests are counted in a native histogram by Prometheus' own client for Go.
package main

import (
	"net/http"
	"os"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

var took = promauto.NewHistogramVec(prometheus.HistogramOpts{
	Name:                        "http_request_duration_seconds",
	NativeHistogramBucketFactor: 1.1,
}, []string{"status"})

func main() {
	longest, err := strconv.ParseFloat(os.Args[2], 64)
	if err != nil {
		panic(err)
	}
	// A round is a thousand requests that take from nothing to the longest, of which each tenth fails.
	http.HandleFunc("/round", func(http.ResponseWriter, *http.Request) {
		for i := 1; i <= 1000; i++ {
			status := "200"
			if i%10 == 0 {
				status = "503"
			}
			took.WithLabelValues(status).Observe(longest * float64(i) / 1000)
		}
	})
	http.Handle("/metrics", promhttp.Handler())
	panic(http.ListenAndServe(os.Args[1], nil))
}
