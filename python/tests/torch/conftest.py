import pytest

torch = pytest.importorskip("torch")


@pytest.fixture(autouse=True)
def same_numbers():
    torch.manual_seed(0)
    torch._dynamo.reset()
    # Barriers of several threads cost more than the small tensors of these tests.
    torch.set_num_threads(1)
