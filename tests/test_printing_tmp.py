from hypothesis import given, strategies as st, settings
from strategies import rationals, holds
from printing import *
@settings(max_examples=1)
@given(st.integers())
def test_it(seed):
    from collections import Counter
    c=Counter()
    r=Random(5)
    for i in range(40000):
        kind=r.choice(list(UNITS)); measure=r.choice(["level","change","growth","share","multiple","rate"])
        if kind in("multiple",): measure="multiple"
        v=F(r.randint(-10**r.randint(0,7),10**r.randint(0,7)), r.choice([1,1,1,2,3,7,100]))*F(10)**r.randint(-4,7)
        if r.random()<.05: v=F(0)
        s=r.random()<.4
        p=print_value(r,v,kind,measure,s)
        c[p.figure.kind]+=1
        if i<60: print(v,p.figure.printed,measure,p.is_strict)
        assert holds(p.figure.any_reading,v),(v,kind,measure,p)
        if p.is_strict: assert holds(p.figure.strict,v),(v,kind,measure,p)
        if s: assert p.is_strict
    print(c)
