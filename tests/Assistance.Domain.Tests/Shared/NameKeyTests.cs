using Assistance.Domain.Shared;
using NUnit.Framework;

namespace Assistance.Domain.Tests.Shared;

public sealed class NameKeyTests
{
    [TestCase("样例·艾力", "样例•艾力")]
    [TestCase("样例・艾力", "样例艾力")]
    [TestCase(" 样 例 ", "样例")]
    [TestCase("Ｙａｎｇ", "yang")]
    public void A_name_is_found_however_it_was_typed(string name, string typed) =>
        Assert.That(NameKey.Of(name), Is.EqualTo(NameKey.Of(typed)));

    [TestCase("样例", "样例零", true)]
    [TestCase("样例", "样例", true)]
    [TestCase("样例", "样例𬭎", true, TestName = "A_rare_character_of_four_bytes_is_inside")]
    [TestCase("样例", "样", false)]
    [TestCase("样例", "样侍", false)]
    [TestCase("样例", "零样例", false)]
    public void The_names_that_begin_alike_are_a_range(string beginning, string name, bool isInside)
    {
        var from = NameKey.Of(beginning);
        var key = NameKey.Of(name);

        Assert.That(key.AsSpan().SequenceCompareTo(from) >= 0 && key.AsSpan().SequenceCompareTo(NameKey.EndOf(from)) < 0, Is.EqualTo(isInside));
    }

    [Test]
    public void A_key_is_never_longer_than_its_column() =>
        Assert.That(NameKey.EndOf(NameKey.Of(new string('\uFDFA', 100))), Has.Length.EqualTo(NameKey.Longest + 1));
}
