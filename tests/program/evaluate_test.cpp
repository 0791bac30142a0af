// tinymlp evaluate: on models of ours and of others, on generated data, CSV files and images.
#include <cmath>

#include "program.h"
#include "tinymlp/io/safetensors.h"

namespace tinymlp::test {
namespace {

class EvaluateTest : public ProgramTest {
 protected:
  Json evaluate(const std::string& words) const { return Json::parse(succeed("evaluate --json " + words)); }
};

TEST_F(EvaluateTest, SeesWhatTrainingSaw) {
  succeed("train --quiet --data moons --epochs 30 --data-seed 2 --out run");
  const Json trained = read_json("run/run.json")["metrics"], seen = evaluate("run --data moons --data-seed 2");
  EXPECT_EQ(seen["loss"], trained["test_loss"]);
  EXPECT_EQ(seen["accuracy"], trained["test_accuracy"]);
  EXPECT_EQ(seen["rows"], 250);
  EXPECT_EQ(evaluate("run/model.safetensors --data moons --data-seed 2")["loss"], seen["loss"]);
  EXPECT_NE(evaluate("run --data moons")["loss"], seen["loss"]);
  Index counted = 0;
  for (const Json& row : seen["confusion"])
    for (const Json& count : row) counted += count.get<Index>();
  EXPECT_EQ(counted, 250);
  const std::string text = succeed("evaluate run --data moons");
  for (const char* part : {"accuracy", "confusion", "precision", "recall", "F1", "macro"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
}

TEST_F(EvaluateTest, CountsAllRowsOfACsv) {
  succeed("train --quiet --data spiral --epochs 30 --out run");
  succeed("data spiral --output spiral.csv");
  const Json all = evaluate("run --data spiral --test-fraction 0"), file = evaluate("run --data spiral.csv");
  EXPECT_EQ(file["rows"], 500);
  EXPECT_EQ(file["loss"], all["loss"]);
  EXPECT_EQ(file["confusion"], all["confusion"]);
}

TEST_F(EvaluateTest, MeasuresRegression) {
  succeed("train --quiet --data sine --epochs 300 --activation tanh --out run");
  const Json seen = evaluate("run --data sine");
  EXPECT_EQ(seen["loss"], read_json("run/run.json")["metrics"]["test_loss"]);
  EXPECT_NEAR(seen["r2"].get<double>(), 1 - seen["loss"].get<double>() / 0.5, 0.05);  // a sine's variance is 1/2
  EXPECT_GT(number(seen["mae"]), 0);
  EXPECT_FALSE(seen.contains("accuracy"));
  expect_error("evaluate run --data xor", 2, "classes");
}

TEST_F(EvaluateTest, MatchesColumnsByNameAndClassesByLabel) {
  const std::string rows = "0,5,no\n1,4,no\n2,6,yes\n3,5,yes\n0,6,no\n3,6,yes\n";
  write("train.csv", "length,width,kind\n" + rows);
  succeed("train --quiet --data train.csv --epochs 200 --out run");
  const Json all = evaluate("run --data train.csv");
  write("permuted.csv", "kind,width,id,length\nno,5,1,0\nno,4,2,1\nyes,6,3,2\nyes,5,4,3\nno,6,5,0\nyes,6,6,3\n");
  EXPECT_EQ(evaluate("run --data permuted.csv")["loss"], all["loss"]);
  write("bare.csv", rows);
  EXPECT_EQ(evaluate("run --data bare.csv")["loss"], all["loss"]);
  write("one.csv", "length,width,kind\n2,6,yes\n3,5,yes\n");
  const Json one = evaluate("run --data one.csv");
  EXPECT_EQ(one["confusion"], Json({{0, 0}, {0, 2}}));
  write("unknown.csv", "length,width,kind\n2,6,yes\n3,5,yess\n");
  expect_error("evaluate run --data unknown.csv", 2, "unknown class \"yess\" (unknown.csv, line 3");
  write("missing.csv", "lenght,width,kind\n2,6,yes\n3,5,no\n");
  expect_error("evaluate run --data missing.csv", 2, "\"lenght\"");
  expect_error("evaluate run --data train.csv --task regression", 2, "--task");
  expect_error("evaluate run --data train.csv --loss mse", 2, "--loss");
}

/// h = relu(W x + b), z = v h - 1/2: 1 / 2 for one of two, - 1 / 2 else.
std::string exclusive_or_file() {
  const std::vector<Tensor> tensors{{"net.0.weight", {2, 2}, {1, 1, 1, 1}},
                                    {"net.0.bias", {2}, {0, -1}},
                                    {"net.2.weight", {1, 2}, {1, -2}},
                                    {"net.2.bias", {1}, {-0.5}}};
  return format_safetensors({tensors, {{"format", "pt"}}}, Dtype::f32);
}

TEST_F(EvaluateTest, TakesAFileThatPyTorchWrote) {
  write("torch.safetensors", exclusive_or_file());
  const Json seen = evaluate("torch.safetensors --data xor4 --activation relu");
  EXPECT_EQ(seen["accuracy"], 1);
  EXPECT_EQ(seen["loss_name"], "bce");
  EXPECT_NEAR(seen["loss"].get<double>(), std::log1p(std::exp(-0.5)), 1e-6);
  const Json squared = evaluate("torch.safetensors --data xor4 --activation relu --loss mse");
  EXPECT_NEAR(squared["loss"].get<double>(), 0.25, 1e-6);
  EXPECT_NE(evaluate("torch.safetensors --data xor4 --activation tanh")["loss"], seen["loss"]);
  expect_error("evaluate torch.safetensors --data xor4 --activation rleu", 2, "relu");
  expect_error("evaluate torch.safetensors --data xor4 --loss cross-entropy", 2, "--loss");
  expect_error("evaluate torch.safetensors --data sine", 2, "1 features");
  write("bad.safetensors", "no tensors here");
  expect_error("evaluate bad.safetensors --data xor4", 2, "bad.safetensors");
}

/// Files of IDX: `count` images of 2 x 3 pixels, bright on one side or the other.
struct TinyImages {
  std::string images, labels, csv;
};
TinyImages tiny_images(int count) {
  TinyImages set{.images = std::string("\0\0\x08\x03\0\0\0", 7) + static_cast<char>(count) +
                           std::string("\0\0\0\x02\0\0\0\x03", 8),
                 .labels = std::string("\0\0\x08\x01\0\0\0", 7) + static_cast<char>(count),
                 .csv = ""};
  for (int i = 0; i < count; ++i) {
    set.labels += static_cast<char>(i % 3);
    for (int pixel = 0; pixel < 6; ++pixel) {
      const int value = pixel % 3 == i % 3 ? 200 + i : 3 * i + pixel;
      set.images += static_cast<char>(value);
      set.csv += std::to_string(value) + ",";
    }
    set.csv += std::to_string(i % 3) + "\n";
  }
  return set;
}

TEST_F(EvaluateTest, ImagesAndACsvOfTheirPixelsAreTheSame) {
  std::filesystem::create_directories(path("store/images"));
  const TinyImages training = tiny_images(30), test = tiny_images(12);
  write("store/images/train-images-idx3-ubyte", training.images);
  write("store/images/train-labels-idx1-ubyte", training.labels);
  write("store/images/t10k-images-idx3-ubyte", test.images);
  write("store/images/t10k-labels-idx1-ubyte", test.labels);
  write("pixels.csv", test.csv);
  succeed("train --quiet --data store/images --epochs 20 --out run");
  const Json seen = evaluate("run --data store/images"), pixels = evaluate("run --data pixels.csv");
  EXPECT_EQ(seen["rows"], 12);
  EXPECT_EQ(seen["loss"], read_json("run/run.json")["metrics"]["test_loss"]);
  EXPECT_NEAR(pixels["loss"].get<double>(), seen["loss"].get<double>(), 1e-6);
  EXPECT_EQ(pixels["confusion"], seen["confusion"]);
  EXPECT_EQ(evaluate("run --data images --data-dir store")["loss"], seen["loss"]);
  EXPECT_EQ(run("evaluate run --data images", {{"TINYMLP_DATA", "store"}}).status, 0);
  expect_error("train --data store/images --test-fraction 0.5", 2, "--test-fraction");
}

}  // namespace
}  // namespace tinymlp::test
