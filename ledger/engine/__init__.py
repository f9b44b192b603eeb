"""One engine for build, check and serve: state → tasks that read it → what is out of date → files."""
