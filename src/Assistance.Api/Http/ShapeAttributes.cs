using System.Globalization;
using System.Text.Json;
using Assistance.Domain.Shared;

namespace Assistance.Api.Http;

/// <summary>A limit on one member of a contract. It is checked on the raw JSON value and shown in the published contract.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class ShapeAttribute : Attribute
{
    /// <returns>The fault's code and texts, or null. A value of another JSON type is somebody else's fault to name.</returns>
    public abstract (string Code, string Zh, string En)? Check(JsonElement value, RequestCheck check);
}

/// <summary>A text that is not blank and not longer than its column.</summary>
public sealed class TextAttribute(int longest) : ShapeAttribute
{
    public int Longest { get; } = longest;

    public override (string Code, string Zh, string En)? Check(JsonElement value, RequestCheck check) =>
        value.ValueKind != JsonValueKind.String ? null
        : string.IsNullOrWhiteSpace(value.GetString()) ? ("blank", "不能为空白。", "Must not be blank.")
        : value.GetString()!.Any(char.IsControl) ? ("control-character", "不能含控制字符。", "Must not hold control characters.")
        : value.GetString()!.Length > Longest ? ("too-long", $"最多 {Longest} 个字符。", $"At most {Longest} characters.")
        : null;
}

/// <summary>The text of a whole file, of any number of lines.</summary>
public sealed class FileTextAttribute(int longest) : ShapeAttribute
{
    public int Longest { get; } = longest;

    public override (string Code, string Zh, string En)? Check(JsonElement value, RequestCheck check) =>
        value.ValueKind != JsonValueKind.String ? null
        : string.IsNullOrWhiteSpace(value.GetString()) ? ("blank", "不能为空白。", "Must not be blank.")
        : value.GetString()!.Any(character => char.IsControl(character) && character is not ('\r' or '\n' or '\t'))
            ? ("control-character", "不能含换行、制表符以外的控制字符。", "Must not hold control characters but line ends and tabs.")
        : value.GetString()!.Length > Longest ? ("too-long", $"最多 {Longest} 个字符。", $"At most {Longest} characters.")
        : null;
}

/// <summary>A whole number within limits; money is in fen.</summary>
public sealed class WithinAttribute(long least, long most) : ShapeAttribute
{
    public long Least { get; } = least;

    public long Most { get; } = most;

    public override (string Code, string Zh, string En)? Check(JsonElement value, RequestCheck check) =>
        value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number) ? null
        : number < Least && Least == 0 ? ("negative", "不能为负数。", "Must not be negative.")
        : number < Least || number > Most ? ("out-of-range", $"应在 {Least} 与 {Most} 之间。", $"Must be from {Least} to {Most}.")
        : null;
}

/// <summary>A citizen identity number (GB 11643-1999).</summary>
public sealed class IdentityNumberAttribute : ShapeAttribute
{
    public override (string Code, string Zh, string En)? Check(JsonElement value, RequestCheck check)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var fault = IdentityNumber.TryParse(value.GetString(), out var number);
        return fault switch
        {
            IdentityNumberFault.Shape => ("identity-number-shape", "身份证号码应为 18 位。", "An identity number has 18 characters."),
            IdentityNumberFault.BirthDate => ("identity-number-birth-date", "身份证号码中的出生日期不存在。", "The birth date in the identity number does not exist."),
            IdentityNumberFault.Checksum => ("identity-number-checksum", "身份证号码校验位不符，请核对。", "The identity number's check character is wrong; please compare it with the card."),
            _ when number.BornOn > check.Today => ("identity-number-birth-date", "身份证号码中的出生日期在今天之后。", "The birth date in the identity number is in the future."),
            _ => null,
        };
    }
}

/// <summary>A division code that exists in the division table.</summary>
public sealed class KnownDivisionAttribute : ShapeAttribute
{
    public override (string Code, string Zh, string En)? Check(JsonElement value, RequestCheck check) =>
        value.ValueKind == JsonValueKind.String && !check.HasDivision(value.GetString()!)
            ? ("unknown-division", "没有这个区划代码。", "There is no such division code.")
            : null;
}

/// <summary>A JSON object with whatever members it has.</summary>
public sealed class AnyObjectAttribute : ShapeAttribute
{
    public override (string Code, string Zh, string En)? Check(JsonElement value, RequestCheck check) =>
        value.ValueKind == JsonValueKind.Object ? null : ("wrong-type", "应为对象。", "Must be an object.");
}

/// <summary>A date of today or before.</summary>
public sealed class NotInTheFutureAttribute : ShapeAttribute
{
    public override (string Code, string Zh, string En)? Check(JsonElement value, RequestCheck check) =>
        value.ValueKind == JsonValueKind.String
        && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day > check.Today
            ? ("in-the-future", "日期不能在今天之后。", "The date must not be in the future.")
            : null;
}

/// <summary>The bytes of a file: at least one, and no more than is configured.</summary>
public sealed class FileLengthAttribute : ShapeAttribute
{
    public override (string Code, string Zh, string En)? Check(JsonElement value, RequestCheck check) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var length) && (length < 1 || length > check.MostFileBytes)
            ? ("file-length", $"文件应有 1 至 {check.MostFileBytes} 字节。", $"A file has from 1 to {check.MostFileBytes} bytes.")
            : null;
}

/// <summary>A SHA-256 in hexadecimal.</summary>
public sealed class Sha256Attribute : ShapeAttribute
{
    public override (string Code, string Zh, string En)? Check(JsonElement value, RequestCheck check) =>
        value.ValueKind == JsonValueKind.String && !(value.GetString() is { Length: 64 } text && text.All(char.IsAsciiHexDigit))
            ? ("hash", "应为 64 位十六进制的 SHA-256。", "Must be a SHA-256 in 64 hexadecimal digits.")
            : null;
}

/// <summary>An example of a contract, published with it and tested to be accepted by the body reader.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExampleAttribute(string json) : Attribute
{
    public string Json { get; } = json;
}
