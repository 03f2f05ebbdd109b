func.func @f(%x: !torch.vtensor<[1,3,5],f32>, %w: !torch.vtensor<[3,4,4],f32>)
    -> !torch.vtensor<[1,4,10],f32> {
  %zero = "torch.constant.int"() <{value = 0 : i64}> : () -> !torch.int
  %one = "torch.constant.int"() <{value = 1 : i64}> : () -> !torch.int
  %two = "torch.constant.int"() <{value = 2 : i64}> : () -> !torch.int
  %true = "torch.constant.bool"() <{value = true}> : () -> !torch.bool
  %none = "torch.constant.none"() : () -> !torch.none
  %zeros = "torch.prim.ListConstruct"(%zero) : (!torch.int) -> !torch.list<int>
  %ones = "torch.prim.ListConstruct"(%one) : (!torch.int) -> !torch.list<int>
  %twos = "torch.prim.ListConstruct"(%two) : (!torch.int) -> !torch.list<int>
  %y = "torch.aten.convolution"(%x, %w, %none, %twos, %ones, %ones, %true, %zeros, %one)
      : (!torch.vtensor<[1,3,5],f32>, !torch.vtensor<[3,4,4],f32>, !torch.none, !torch.list<int>,
         !torch.list<int>, !torch.list<int>, !torch.bool, !torch.list<int>, !torch.int)
      -> !torch.vtensor<[1,4,10],f32>
  return %y : !torch.vtensor<[1,4,10],f32>
}
