using System.Text.Json;
using Assistance.Api.Features.Intake;
using Assistance.Api.Http;
using Assistance.Api.Security;

namespace Assistance.Api.Features.Postings;

/// <summary>
/// Who objected or complained, as far as they said. It is kept encrypted, and shown to nobody but the office that answers and
/// the district: the household is never told.
/// </summary>
public sealed record Sender
{
    [Text(100)]
    public required string Name { get; init; }

    /// <summary>How to reach them with the answer.</summary>
    [Text(100)]
    public string? Contact { get; init; }

    /// <param name="id">Of the objection or complaint: the value can be read back as that one's alone.</param>
    internal static byte[]? Protect(Sender? sender, Guid id, PersonalDataProtector protector) => sender is null
        ? null
        : protector.Protect(
            JsonSerializer.SerializeToUtf8Bytes(new Sender { Name = sender.Name.Trim(), Contact = sender.Contact?.Trim() }, ApiJson.Options),
            id.ToByteArray(bigEndian: true));

    internal static Sender? Unprotect(byte[]? cipher, Guid id, PersonalDataProtector protector) => cipher is null
        ? null
        : JsonSerializer.Deserialize<Sender>(protector.Unprotect(cipher, id.ToByteArray(bigEndian: true)), ApiJson.Options);

    internal static bool IsShownTo(Officer officer, ApplicationRow application) =>
        officer.IsOfTheDistrict || officer.Division.Value == application.AcceptingDivisionCode;
}
