using System.Globalization;
using Assistance.Api.Http;
using Assistance.Domain.Parameters;

namespace Assistance.Api.Features.Parameters;

/// <summary>
/// Says what is wrong with a file and what to do, in both languages. The path is <c>$.csv</c> with the line, the heading being
/// line 1, and the column: <c>$.csv[3].value</c>.
/// </summary>
internal static class ParameterFaults
{
    public static Fault Fault(ParameterFault fault)
    {
        var (code, zh, en) = Texts(fault);
        var path = string.Create(CultureInfo.InvariantCulture, $"$.csv[{fault.Line}]");
        return new Fault(fault.Column is null ? path : $"{path}.{fault.Column}", code, zh, en);
    }

    private static (string Code, string Zh, string En) Texts(ParameterFault fault)
    {
        var about = fault.About;
        return fault.Kind switch
        {
            ParameterFaultKind.MissingColumn => ("missing-column", $"首行缺少“{fault.Column}”列，请补上。", $"The heading has no column {fault.Column}: add it."),
            ParameterFaultKind.UnknownColumn => ("unknown-column", "不认识的列，请删除或更正列名。", "Unknown column: remove it or correct its name."),
            ParameterFaultKind.RepeatedColumn => ("repeated-column", "同一列只能出现一次。", "A column may appear once only."),
            ParameterFaultKind.NotCsv => ("not-csv", "不是合法的 CSV：请检查引号，含引号、逗号或换行的内容须整体加引号。", "Not CSV: look at the quotation marks; a field with a quotation mark, comma or line end goes in quotes."),
            ParameterFaultKind.FieldCount => ("field-count", $"应有 {about} 个字段，与首行一致。", $"Must have {about} fields, as the heading has."),
            ParameterFaultKind.NoRows => ("no-rows", "首行之后没有数据。", "Nothing follows the heading."),
            ParameterFaultKind.TooManyRows => ("too-many-rows", $"最多 {about} 行，请分成几个文件。", $"At most {about} rows: make several files of it."),
            ParameterFaultKind.UnknownCode => ("unknown-code", "系统没有使用这个参数代码，请更正。", "No rule asks for a parameter of this code: correct it."),
            ParameterFaultKind.UnitDiffers => ("unit-differs", $"该参数的单位是 {about}，请换算后填写。", $"The unit of this parameter is {about}: convert the value and write that."),
            ParameterFaultKind.NotAWholeNumber => ("not-a-whole-number", "应为整数，金额以分为单位。", "Must be a whole number; amounts are in fen."),
            ParameterFaultKind.Negative => ("negative", "不能为负数。", "Must not be negative."),
            ParameterFaultKind.TooLarge => ("too-large", $"不能大于 {about}。", $"Must not be above {about}."),
            ParameterFaultKind.NotADay => ("not-a-day", "应为存在的日期 yyyy-MM-dd；无截止日期的，to 留空。", "Must be a day that exists, yyyy-MM-dd; to stays blank where there is no end."),
            ParameterFaultKind.NotTrueOrFalse => ("not-true-or-false", "应为 true 或 false；没有正式依据的数值填 true。", "Must be true or false; true for a number without an official source."),
            ParameterFaultKind.TooLong => ("too-long", $"最多 {about} 个字符。", $"At most {about} characters."),
            ParameterFaultKind.EndsBeforeItBegins => ("ends-before-it-begins", "截止日期早于起始日期。", "The last day is before the first."),
            ParameterFaultKind.TooEarly => ("too-early", $"不得溯及既往：起始日期最早为 {about}。", $"Never retroactive: the first day is {about} at the earliest."),
            ParameterFaultKind.UnknownBasis => ("unknown-basis", "没有这个法律依据代码。", "There is no legal basis of this code."),
            ParameterFaultKind.BasisNotInForce => ("basis-not-in-force", $"该法律依据在 {about} 不是现行有效。", $"This legal basis is not in force on {about}."),
            ParameterFaultKind.RepeatsALine => ("repeats-a-line", $"与第 {about} 行的代码、起始日期相同，请保留一行。", $"Line {about} has the same code and first day: keep one of them."),
            ParameterFaultKind.OverlapsALine => ("overlaps-a-line", $"与第 {about} 行日期重叠，请填写截止日期。", $"Line {about} holds on some of these days too: write the last day of this one."),
            ParameterFaultKind.OverlapsARow => ("overlaps-a-row", $"与 {about} 起施行的现有数值日期重叠，现有数值不得更改。", $"The row from {about} is there on some of these days, and stays as it is."),
            ParameterFaultKind.GapBefore => ("gap-before", $"{about} 起至起始日期前没有数值，请补上。", $"Nothing is in force from {about} until this row begins: begin there, or add a row."),
            ParameterFaultKind.GapAfter => ("gap-after", $"{about} 起没有数值，请补上后续一行或者将 to 留空。", $"Nothing is in force from {about} on: add the row that follows, or leave to blank."),
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, null),
        };
    }
}
