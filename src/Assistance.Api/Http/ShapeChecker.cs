using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Assistance.Api.Http;

/// <summary>Walks a JSON document against a contract's type information and collects every fault by path.</summary>
internal sealed class ShapeChecker(RequestCheck check)
{
    private const int MostElements = 200;

    public List<Fault> Faults { get; } = [];

    /// <summary>Whether the document cannot be read into the contract at all, so that no further check can run.</summary>
    public bool IsUnreadable { get; private set; }

    public void Check(JsonElement element, JsonTypeInfo type, string path)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(element, type, path);
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckArray(element, type, path);
                break;
            default:
                CheckValue(element, type, path);
                break;
        }
    }

    private void CheckObject(JsonElement element, JsonTypeInfo type, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Unreadable(path, "wrong-type", "应为对象。", "Must be an object.");
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            var memberPath = $"{path}.{member.Name}";
            var property = type.Properties.FirstOrDefault(property => property.Name == member.Name && property.Set is not null);
            if (property is null)
            {
                Unreadable(memberPath, "unknown-member", "不认识的成员，请删除或更正名称。", "Unknown member: remove it or correct its name.");
            }
            else if (member.Value.ValueKind == JsonValueKind.Null)
            {
                CheckNull(property, memberPath);
            }
            else
            {
                Check(member.Value, ApiJson.Options.GetTypeInfo(property.PropertyType), memberPath);
                CheckAttributes(member.Value, property, memberPath);
            }
        }

        foreach (var property in type.Properties.Where(property => property.IsRequired && !element.TryGetProperty(property.Name, out _)))
        {
            Unreadable($"{path}.{property.Name}", "missing", "缺少此项。", "This member is missing.");
        }
    }

    private void CheckNull(JsonPropertyInfo property, string path)
    {
        if (!property.IsSetNullable || (property.PropertyType.IsValueType && Nullable.GetUnderlyingType(property.PropertyType) is null))
        {
            Unreadable(path, "null", "不能为 null。", "Must not be null.");
        }
    }

    private void CheckArray(JsonElement element, JsonTypeInfo type, string path)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            Unreadable(path, "wrong-type", "应为数组。", "Must be an array.");
            return;
        }

        if (element.GetArrayLength() > MostElements)
        {
            Unreadable(path, "too-many", $"最多 {MostElements} 项。", $"At most {MostElements} elements.");
            return;
        }

        var elementType = ApiJson.Options.GetTypeInfo(type.ElementType!);
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            Check(item, elementType, $"{path}[{index++}]");
        }
    }

    private void CheckValue(JsonElement element, JsonTypeInfo type, string path)
    {
        try
        {
            element.Deserialize(type);
            // The converter would take "A, B" for a set of flags.
            if ((Nullable.GetUnderlyingType(type.Type) ?? type.Type) is { IsEnum: true } words && !Enum.GetNames(words).Contains(element.GetString()))
            {
                throw new JsonException();
            }
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            var expected = Expected(type.Type);
            Unreadable(path, "wrong-type", $"应为{expected.Zh}。", $"Must be {expected.En}.");
        }
    }

    private void CheckAttributes(JsonElement element, JsonPropertyInfo property, string path)
    {
        foreach (var attribute in property.AttributeProvider?.GetCustomAttributes(typeof(ShapeAttribute), inherit: true).Cast<ShapeAttribute>() ?? [])
        {
            if (attribute.Check(element, check) is { } wrong)
            {
                Faults.Add(new Fault(path, wrong.Code, wrong.Zh, wrong.En));
            }
        }
    }

    private void Unreadable(string path, string code, string zh, string en)
    {
        IsUnreadable = true;
        Faults.Add(new Fault(path, code, zh, en));
    }

    /// <summary>What a value of the type looks like, to go on with "must be".</summary>
    public static (string Zh, string En) Expected(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            var names = string.Join(", ", Enum.GetNames(type));
            return ($"以下之一：{names}", $"one of: {names}");
        }

        return type switch
        {
            _ when type == typeof(string) => ("文本", "a text"),
            _ when type == typeof(bool) => (" true 或 false", "true or false"),
            _ when type == typeof(DateOnly) => ("日期 yyyy-MM-dd", "a date, yyyy-MM-dd"),
            _ when type == typeof(DateTimeOffset) => ("带时区的时刻", "an instant with an offset"),
            _ when type == typeof(Guid) => (" UUID", "a UUID"),
            _ when type == typeof(Domain.Shared.Money) => ("以分为单位的整数", "a whole number of fen"),
            _ => ("整数", "a whole number"),
        };
    }
}
