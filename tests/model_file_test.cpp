// Tests of tinymlp/io/model.h: models come back as they were written, files of PyTorch load, and parts that do not fit
// together are refused. model_file_damage_test.cpp has files that are damaged at random.
#include <gtest/gtest.h>

#include <cmath>

#include <filesystem>

#include "model_files.h"
#include "support.h"
#include "tinymlp/io/file.h"
#include "tinymlp/io/model.h"
#include "tinymlp/io/safetensors.h"

namespace tinymlp {
namespace {

class ModelFileTest : public testing::Test {
 protected:
  /// Writes the description as it is with the tensors, and reads both.
  ModelFile read_back(const ModelDescription& description, const std::vector<Tensor>& all) const {
    write_file(files.path(), format_model(description, all));
    return read_model(files.path());
  }
  void expect_refused(const ModelDescription& description, const std::vector<Tensor>& all,
                      const std::string& part) const {
    write_file(files.path(), format_model(description, all));
    const std::string message = message_of<InputError>([&] { read_model(files.path()); });
    EXPECT_NE(message.find(part), std::string::npos) << "\"" << message << "\" lacks \"" << part << "\"";
    EXPECT_NE(message.find(files.path().string()), std::string::npos) << message;
  }
  ModelFile read_foreign(const std::vector<Tensor>& all, const std::string& activation = "relu") const {
    write_file(files.path(), format_safetensors({all, {{"format", "pt"}}}, Dtype::f32));
    return read_model(files.path(), activation);
  }
  const ModelFiles files;
  const ModelDescription good = example_description();
  const std::vector<Tensor> tensors = example_tensors();
};

TEST_F(ModelFileTest, ComesBackAsWritten) {
  const ModelFile read = read_back(good, tensors);
  EXPECT_FALSE(read.foreign);
  EXPECT_EQ(read.description.inputs, good.inputs);
  EXPECT_EQ(read.description.layers, good.layers);
  EXPECT_EQ(read.description.task, good.task);
  EXPECT_EQ(read.description.loss, good.loss);
  EXPECT_EQ(read.description.low, good.low);
  EXPECT_EQ(read.description.high, good.high);
  EXPECT_EQ(read.description.scaling.mean, good.scaling.mean);
  EXPECT_EQ(read.description.scaling.deviation, good.scaling.deviation);
  EXPECT_EQ(read.description.feature_names, good.feature_names);
  EXPECT_EQ(read.description.class_names, good.class_names);
  EXPECT_EQ(read.description.target_name, good.target_name);
  ASSERT_EQ(read.tensors.size(), tensors.size());
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    EXPECT_EQ(read.tensors[i].name, tensors[i].name);
    EXPECT_EQ(read.tensors[i].shape, tensors[i].shape);
    for (std::size_t k = 0; k < tensors[i].values.size(); ++k)
      EXPECT_EQ(read.tensors[i].values[k], static_cast<double>(static_cast<float>(tensors[i].values[k])));
  }
}

TEST_F(ModelFileTest, TheSameModelGivesTheSameBytes) {
  EXPECT_EQ(format_model(good, tensors), format_model(good, tensors));
  const ModelFile read = read_back(good, tensors);
  EXPECT_EQ(format_model(read.description, read.tensors), format_model(good, tensors));
}

TEST_F(ModelFileTest, KeepsTheNumbersOfTheScalingExactly) {
  ModelDescription what = good;
  what.scaling = {{0.1, 1e-300, -1e300}, {5e-324, 1.0 / 3, 123456789.123456789}};
  what.low = -0.1;
  const ModelFile read = read_back(what, tensors);
  EXPECT_EQ(read.description.scaling.mean, what.scaling.mean);
  EXPECT_EQ(read.description.scaling.deviation, what.scaling.deviation);
  EXPECT_EQ(read.description.low, -0.1);
}

TEST_F(ModelFileTest, TakesEachFormOfScaling) {
  for (const InputScaling& scaling : {InputScaling{}, InputScaling{{0}, {255}}, InputScaling{{1, 2, 3}, {4, 5, 6}}}) {
    ModelDescription what = good;
    what.scaling = scaling;
    EXPECT_EQ(read_back(what, tensors).description.scaling.mean, scaling.mean);
  }
}

TEST_F(ModelFileTest, KeepsNamesOfAllKinds) {
  ModelDescription what = good;
  what.feature_names = {"größe, \"mm\"", "a\nb", ""};
  what.class_names = {"", "猫"};
  what.layers.back() = "Dense(4, 2)";
  const ModelFile read = read_back(what, tensors);
  EXPECT_EQ(read.description.feature_names, what.feature_names);
  EXPECT_EQ(read.description.class_names, what.class_names);
}

TEST_F(ModelFileTest, RefusesToWriteNamesThatAreNotUtf8) {
  ModelDescription what = good;
  what.class_names = {"cat", "d\xFFg"};
  expect_error<InputError>("is not UTF-8", [&] { format_model(what, tensors); });
}

TEST_F(ModelFileTest, ReadsARunDirectory) {
  write_file(files.directory() / "model.safetensors", format_model(good, tensors));
  EXPECT_EQ(read_model(files.directory()).description.layers, good.layers);
}

TEST_F(ModelFileTest, NamesAFileThatIsMissing) {
  expect_error<InputError>("nowhere.safetensors", [&] { read_model(files.directory() / "nowhere.safetensors"); });
  expect_error<InputError>("model.safetensors", [&] { read_model(files.directory()); });
}

TEST_F(ModelFileTest, ReadsAFileOfPytorch) {
  const ModelFile read = read_foreign(tensors, "leaky-relu(0.2)");
  EXPECT_TRUE(read.foreign);
  EXPECT_EQ(read.description.inputs, 3);
  EXPECT_EQ(read.description.layers, (std::vector<std::string>{"Dense(3, 4)", "leaky-relu(0.2)", "Dense(4, 2)"}));
  EXPECT_TRUE(read.description.scaling.mean.empty());
  EXPECT_TRUE(read.description.class_names.empty());
  EXPECT_EQ(read.tensors[2].values.size(), 8U);
}

TEST_F(ModelFileTest, ReadsTheSlopesOfPytorchsPReLU) {
  std::vector<Tensor> all = tensors;
  all.insert(all.begin() + 2, {"1.weight", {1}, {0.5}});
  for (const std::string activation : {"prelu", "relu"}) {  // the slope tells it, whatever is said
    const ModelFile read = read_foreign(all, activation);
    EXPECT_EQ(read.description.layers, (std::vector<std::string>{"Dense(3, 4)", "prelu", "Dense(4, 2)"}));
    ASSERT_EQ(read.tensors.size(), 5U);
    EXPECT_EQ(read.tensors[2].values, std::vector<double>{0.5});
  }
  all.push_back({"3.weight", {1}, {-1}});  // at the output, too
  EXPECT_EQ(read_foreign(all).description.layers,
            (std::vector<std::string>{"Dense(3, 4)", "prelu", "Dense(4, 2)", "prelu"}));
  expect_error<InputError>("does not fit the layer \"prelu\"", [&] { read_foreign(tensors, "prelu"); });
  all[2] = {"1.weight", {4}, {1, 2, 3, 4}};  // a slope for each unit
  expect_error<InputError>("tensor \"1.weight\" of shape (4) is no weight", [&] { read_foreign(all, "prelu"); });
}

TEST_F(ModelFileTest, KeepsTheSlopesOfPReLU) {
  ModelDescription what = good;
  what.layers = {"Dense(3, 4)", "prelu(0.25)", "Dense(4, 2)", "prelu(0.1)"};
  std::vector<Tensor> all = tensors;
  all.insert(all.begin() + 2, {"1.weight", {1}, {0.5}});
  all.push_back({"3.weight", {1}, {0.75}});
  write_file(files.path(), format_model(what, all));
  const ModelFile read = read_model(files.path());
  EXPECT_EQ(read.description.layers, what.layers);
  ASSERT_EQ(read.tensors.size(), 6U);
  EXPECT_EQ(read.tensors[2].name, "1.weight");
  EXPECT_EQ(read.tensors[2].shape, std::vector<Index>{1});
  EXPECT_EQ(read.tensors[5].values, std::vector<double>{0.75});
}

TEST_F(ModelFileTest, ReadsAFileOfPytorchWithOtherNamesInAnyOrder) {
  const ModelFile read = read_foreign({{"fc10.bias", {1}, {7}},
                                       {"fc2.bias", {2}, {1, 2}},
                                       {"fc10.weight", {1, 2}, {3, 4}},
                                       {"fc2.weight", {2, 3}, {1, 2, 3, 4, 5, 6}}});
  EXPECT_EQ(read.description.layers, (std::vector<std::string>{"Dense(3, 2)", "relu", "Dense(2, 1)"}));
  EXPECT_EQ(read.tensors.back().values, std::vector<double>{7});
}

TEST_F(ModelFileTest, RefusesForeignFilesOfOtherNetworks) {
  const auto refuse = [&](std::vector<Tensor> all, const std::string& part) {
    expect_error<InputError>(part, [&] { read_foreign(all); });
  };
  refuse({}, "it has no Dense layer");
  refuse({{"0.weight", {2, 3}, std::vector<double>(6)}}, "it has no Dense layer");
  refuse({{"0.weight", {2, 3}, std::vector<double>(6)}, {"0.bias", {2}, {1, 2}}, {"1.weight", {1, 2}, {1, 2}}},
         "tensor \"1.weight\" belongs to no layer");
  refuse({{"0.weight", {2, 3}, std::vector<double>(6)}, {"2.weight", {1, 2}, {1, 2}}}, "does not fit the layer");
  refuse({{"0.bias", {2}, {1, 2}}, {"1.bias", {2}, {1, 2}}}, "is no weight of a fully connected layer");
  refuse({{"conv.weight", {2, 1, 3, 3}, std::vector<double>(18)}, {"conv.bias", {2}, {1, 2}}},
         "tensor \"conv.weight\" of shape (2, 1, 3, 3) is no weight");
  refuse({{"0.weight", {2, 3}, std::vector<double>(6)}, {"0.bias", {3}, {1, 2, 3}}}, "does not fit the layer");
  refuse({{"0.weight", {2, 3}, std::vector<double>(6)},
          {"0.bias", {2}, {1, 2}},
          {"2.weight", {1, 3}, {1, 2, 3}},
          {"2.bias", {1}, {1}}},
         "layer \"Dense(3, 1)\" is given 2 inputs");
}

TEST_F(ModelFileTest, RefusesADescriptionThatContradictsTheTensors) {
  const auto changed = [&](auto change) {
    ModelDescription what = good;
    change(what);
    return what;
  };
  using D = ModelDescription;
  expect_refused(changed([](D& d) { d.inputs = 4; }), tensors, "layer \"Dense(3, 4)\" is given 4 inputs");
  expect_refused(changed([](D& d) { d.inputs = -3; }), tensors, "is given -3 inputs");
  expect_refused(changed([](D& d) { d.layers[0] = "Dense(3, 5)"; }), tensors, "does not fit the layer");
  expect_refused(changed([](D& d) { d.layers[0] = "Dense(4, 3)"; }), tensors, "is given 3 inputs");
  expect_refused(changed([](D& d) { d.layers[0] = "Dense(3)"; }), tensors, "needs two sizes");
  expect_refused(changed([](D& d) { d.layers[0] = "Dense(3, 4"; }), tensors, "bracket is missing");
  expect_refused(changed([](D& d) { d.layers.pop_back(); }), tensors, "belongs to no layer");
  expect_refused(changed([](D& d) { d.layers.clear(); }), tensors, "it has no Dense layer");
  expect_refused(changed([](D& d) { d.layers.push_back("Dense(2, 2)"); }), tensors, "has no tensor");
  expect_refused(changed([](D& d) { d.feature_names.pop_back(); }), tensors, "it names 2 features, not 3");
  expect_refused(changed([](D& d) { d.scaling = {{1, 2}, {1, 2}}; }), tensors, "input scaling is not for 3 features");
  expect_refused(changed([](D& d) { d.scaling.mean = {}; }), tensors, "input scaling is not for 3 features");
  expect_refused(changed([](D& d) { d.scaling.deviation[1] = 0; }), tensors,
                 "divides by a number that is not positive");
  expect_refused(changed([](D& d) { d.scaling.deviation[1] = -1; }), tensors, "not positive");
  expect_refused(changed([](D& d) { d.class_names = {"a", "b", "c"}; }), tensors, "2 outputs do not fit its 3 classes");
  expect_refused(changed([](D& d) { d.class_names = {"a"}; }), tensors, "2 outputs do not fit its 1 classes");
  expect_refused(changed([](D& d) { d.task = Task::regression; }), tensors, "2 outputs do not fit");
  auto fewer = tensors;
  fewer.pop_back();
  expect_refused(good, fewer, "has no tensor");
}

TEST_F(ModelFileTest, RefusesSizesThatTheFileDoesNotHold) {
  // 4 terabytes of weights in a description, beside a few bytes of tensors.
  ModelDescription what = good;
  what.inputs = 1000000;
  what.layers = {"Dense(1000000, 1000000)", "tanh", "Dense(1000000, 2)"};
  expect_refused(what, tensors, "does not fit the layer");
  // The same in the header of the tensors.
  const std::string header =
      R"({"0.weight":{"dtype":"F32","shape":[1000000,1000000],"data_offsets":[0,4000000000000]}})";
  std::string bytes(8, '\0');
  bytes[0] = static_cast<char>(header.size());
  write_file(files.path(), bytes + header);
  EXPECT_THROW(read_model(files.path()), InputError);
}

TEST_F(ModelFileTest, RefusesLayersOfNothing) {
  EXPECT_THROW(read_foreign({{"0.weight", {2, 0}, {}}, {"0.bias", {2}, {1, 2}}}), InputError);
  EXPECT_THROW(read_foreign({{"0.weight", {0, 2147483647}, {}},
                             {"0.bias", {0}, {}},
                             {"2.weight", {2147483647, 0}, {}},
                             {"2.bias", {0}, {}}}),
               InputError);
}

TEST(ModelFile, RefusesToWriteAScalingThatCouldNotBeReadBack) {
  ModelDescription description;
  description.scaling = {{NAN}, {1}};
  EXPECT_THROW(format_model(description, {}), InputError);
}

}  // namespace
}  // namespace tinymlp
