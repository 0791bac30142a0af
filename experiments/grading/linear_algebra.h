// Closed forms that trained networks are held against: least squares, eigenvalues, norms. Matrices are row-major.
#pragma once
#include <vector>

#include "tinymlp/matrix.h"

namespace tinymlp::program {

/// The weights w (features) and then the bias b that minimize Σ (xᵢ w + b - tᵢ)²: the normal equations' solution.
/// x: (rows, features), t: (rows).
std::vector<double> least_squares(const std::vector<double>& x, const std::vector<double>& t);
/// ½ mean (xᵢ w + b - tᵢ)² of such a solution.
double half_mean_squared_error(const std::vector<double>& x, const std::vector<double>& t,
                               const std::vector<double>& solution);

/// The eigenvalues of xᵀ x / rows, the largest first. x: (rows, features), its columns of mean 0.
std::vector<double> covariance_eigenvalues(const std::vector<double>& x, Index features);

/// The largest singular value of a matrix (rows, columns).
double spectral_norm(const std::vector<double>& matrix, Index columns);

/// A random orthogonal matrix (size, size), by the QR decomposition of `numbers` (size, size).
std::vector<double> orthogonal_factor(const std::vector<double>& numbers, Index size);

}  // namespace tinymlp::program
