package model

// pair is a 2×2 matrix, symmetric (a b; b c), lower triangular (a 0; b c) or
// upper triangular (a b; 0 c). A model without a slope leaves b and c at 0.
type pair struct{ a, b, c float64 }
