// The one file of the program that uses Eigen.
#include "grading/linear_algebra.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <cmath>

namespace tinymlp::program {

namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using MatrixMap = Eigen::Map<const Matrix>;
using VectorMap = Eigen::Map<const Eigen::VectorXd>;

MatrixMap matrix_of(const std::vector<double>& values, Index columns) {
  return {values.data(), static_cast<Index>(values.size()) / columns, columns};
}
VectorMap vector_of(const std::vector<double>& values) { return {values.data(), static_cast<Index>(values.size())}; }

std::vector<double> numbers_of(const Matrix& rows) { return {rows.data(), rows.data() + rows.size()}; }

/// x with a column of ones.
Matrix with_ones(const std::vector<double>& x, Index rows) {
  const Index features = static_cast<Index>(x.size()) / rows;
  Matrix extended(rows, features + 1);
  extended << matrix_of(x, features), Eigen::VectorXd::Ones(rows);
  return extended;
}

}  // namespace

std::vector<double> least_squares(const std::vector<double>& x, const std::vector<double>& t) {
  const Matrix extended = with_ones(x, static_cast<Index>(t.size()));
  const Eigen::VectorXd solution = (extended.transpose() * extended).ldlt().solve(extended.transpose() * vector_of(t));
  return numbers_of(solution);
}

double half_mean_squared_error(const std::vector<double>& x, const std::vector<double>& t,
                               const std::vector<double>& solution) {
  const auto rows = static_cast<Index>(t.size());
  return (with_ones(x, rows) * vector_of(solution) - vector_of(t)).squaredNorm() / (2 * static_cast<double>(rows));
}

std::vector<double> covariance_eigenvalues(const std::vector<double>& x, Index features) {
  const MatrixMap samples = matrix_of(x, features);
  const Matrix covariance = samples.transpose() * samples / static_cast<double>(samples.rows());
  const Eigen::SelfAdjointEigenSolver<Matrix> solver(covariance, Eigen::EigenvaluesOnly);
  return numbers_of(solver.eigenvalues().reverse());
}

double spectral_norm(const std::vector<double>& matrix, Index columns) {
  const MatrixMap m = matrix_of(matrix, columns);
  const Matrix square = m.transpose() * m;  // its eigenvalues are the squares of the singular values
  return std::sqrt(Eigen::SelfAdjointEigenSolver<Matrix>(square, Eigen::EigenvaluesOnly).eigenvalues().maxCoeff());
}

std::vector<double> orthogonal_factor(const std::vector<double>& numbers, Index size) {
  const Eigen::HouseholderQR<Matrix> decomposition(matrix_of(numbers, size));
  return numbers_of(Matrix(decomposition.householderQ()));
}

}  // namespace tinymlp::program
