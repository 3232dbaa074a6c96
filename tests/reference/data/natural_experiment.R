# Imputation difference-in-differences and its permutation test, by lm() and brute force.
# Rscript natural_experiment.R   (R 4, no packages); prints the numbers of the test beside it.
d <- read.csv("natural_experiment.csv")
day <- c(c1 = as.Date("2020-07-01"), c2 = as.Date("2021-04-01"), c3 = as.Date("2020-07-01"),
         c4 = NA, c5 = NA, c6 = NA)
first <- as.Date(paste0(d$year - 1, "-04-01")); last <- as.Date(paste0(d$year, "-03-31"))

state <- function(day) {           # of each row, for a named vector of days
  a <- day[d$council]
  ifelse(is.na(a) | last < a, "before", ifelse(first >= a + 365, "full", "starting"))
}
dose <- function(day) {            # mean over the days of the year, day by day
  sapply(seq_len(nrow(d)), function(i) {
    a <- day[d$council[i]]
    if (is.na(a)) return(0)
    since <- as.numeric(seq(first[i], last[i], by = 1) - a)
    # the dose of a day is taken in its middle, so the sum is the area under the ramp
    mean(pmin(pmax((since + 0.5) / 365, 0), 1))
  })
}
effect <- function(y, w, s) {
  fit <- lm(y ~ council + factor(year), data = cbind(d, y = y, w = w), weights = w,
            subset = s == "before" & w > 0)
  full <- s == "full"
  sum(w[full] * (y[full] - predict(fit, d[full, ]))) / sum(w[full])
}
arrangements <- unique(as.matrix(expand.grid(rep(list(1:6), 6))))
arrangements <- arrangements[apply(arrangements, 1, function(r) length(unique(r)) == 6), ]
keyed <- apply(arrangements, 1, function(r) paste(format(unname(day)[r]), collapse = " "))
arrangements <- arrangements[!duplicated(keyed), ]
run <- function(name, y, w) {
  true <- dose(day)
  ab <- t(apply(arrangements, 1, function(r) {
    s <- state(setNames(unname(day)[r], names(day)))
    c(effect(y, w, s), effect(true, w, s))
  }))
  a0 <- effect(y, w, state(day))
  p <- function(theta) mean(abs(ab[, 1] - theta * ab[, 2]) >= abs(a0 - theta) - 1e-9)
  grid <- seq(-2, 2, by = 0.0005)
  for (level in c(0.8, 0.95)) {
    kept <- grid[sapply(grid, p) > 1 - level + 1e-9]
    cat(sprintf("%s level %.2f: %.4f to %.4f\n", name, level, min(kept), max(kept)))
  }
  cat(sprintf("%s: arrangements %d, effect %.6f, p %.6f\n", name, nrow(ab), a0, p(0)))
}
cat(R.version.string, "\n")
cat("dose c1:", sprintf("%.6f", dose(day)[d$council == "c1"]), "\n")
run("rate", log((d$n + 0.5) / d$pop * 1e4), rep(1, nrow(d)))
run("share", d$back / d$home, d$home)
