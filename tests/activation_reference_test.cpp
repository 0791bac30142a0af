// Every activation against PyTorch: values and derivatives of data/reference/activations.txt, which
// make_activations.py beside it made.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "source_folder.h"
#include "support.h"
#include "tinymlp/activations.h"
#include "tinymlp/pass.h"

namespace tinymlp {
namespace {

struct Row {
  Scalar x;
  Real value, derivative;
};
using Rows = std::map<std::string, std::vector<Row>>;  // by the activation's text: "leaky-relu(0.5)"

Rows read_rows() {
  std::ifstream file(source_folder() / "data" / "reference" / "activations.txt");
  Rows rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream fields(line);
    std::string name;
    double x = 0, value = 0, derivative = 0;
    fields >> name >> x >> value >> derivative;
    if (!fields) throw std::runtime_error("data/reference/activations.txt: a wrong line: " + line);
    if (static_cast<double>(static_cast<Scalar>(x)) != x) throw std::runtime_error("float does not hold " + line);
    rows[name].push_back({static_cast<Scalar>(x), value, derivative});
  }
  return rows;
}

class ActivationReference : public testing::TestWithParam<std::string> {};

TEST_P(ActivationReference, ValuesAndDerivativesAreThoseOfPyTorch) {
  const std::vector<Row> rows = read_rows().at(GetParam());
  ASSERT_EQ(rows.size(), 45U);
  std::vector<Scalar> x;
  for (const Row& row : rows) x.push_back(row.x);
  const auto device = make_cpu_device();
  const Index n = static_cast<Index>(x.size());
  std::vector<std::unique_ptr<Layer>> layers;
  layers.push_back(make_activation(GetParam()));
  const Network network(*device, 1, 0, std::move(layers));
  Pass pass(network, n);
  Matrix dx(n, 1);
  const ConstMatrixView y = pass.forward({x.data(), n, 1});
  std::fill_n(pass.output_gradient().data, n, Scalar(1));
  pass.backward(dx.view());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    // Where terms cancel, PyTorch's digits are as few as ours: up to 8 of |x| there, and of no more at ±1e4.
    const Real units = GetParam() == "gelu" ? 16 : 4;  // xsimd's erf of doubles is good to 5e-15
    const Real absolute = units * epsilon * (1 + std::min(std::abs(static_cast<Real>(x[i])), Real(8)));
    EXPECT_TRUE(near(y.data[i], rows[i].value, absolute, 8 * epsilon)) << GetParam() << "(" << x[i] << ")";
    EXPECT_TRUE(near(dx.values[i], rows[i].derivative, absolute, 8 * epsilon)) << GetParam() << "'(" << x[i] << ")";
  }
}

std::vector<std::string> reference_names() {
  std::vector<std::string> names;
  for (const auto& [name, rows] : read_rows()) names.push_back(name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(PyTorch, ActivationReference, testing::ValuesIn(reference_names()), [](const auto& parameter) {
  std::string name = parameter.param;
  for (char& letter : name)
    if (!std::isalnum(static_cast<unsigned char>(letter))) letter = '_';
  return name;
});

TEST(ActivationReferences, CoverEveryActivation) {
  const Rows rows = read_rows();
  for (const std::string& name : activation_names()) EXPECT_TRUE(rows.contains(name)) << name;
}

TEST(ActivationReferences, LieOnBothSidesOfZeroAndOffTheKinks) {
  for (const auto& [name, rows] : read_rows()) {
    std::set<Scalar> x;
    for (const Row& row : rows) x.insert(row.x);
    EXPECT_EQ(x.size(), 44U) << name;  // 0 and -0 are equal
    for (const Scalar extreme : {Scalar(-1e4), Scalar(-8), Scalar(0), Scalar(8), Scalar(1e4)})
      EXPECT_TRUE(x.contains(extreme)) << name;
    for (const Scalar kink : {Scalar(-3), Scalar(-1), Scalar(-0.5), Scalar(0.5), Scalar(1), Scalar(3), Scalar(6)})
      EXPECT_FALSE(x.contains(kink)) << name;
  }
}

}  // namespace
}  // namespace tinymlp
