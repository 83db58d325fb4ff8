using System.Text.Json;
using Assistance.Api.Features.Intake;
using Assistance.Api.Features.Reference;
using Assistance.Api.Http;
using Assistance.Domain.Shared;

namespace Assistance.Api.Features.Drafts;

/// <summary>A form begun and not submitted yet, just as it was typed, with everything that submitting it now would find wrong.</summary>
public sealed record DraftResponse
{
    public required Guid DraftId { get; init; }

    /// <summary>The version, which is also the ETag that the next save is sent with.</summary>
    public required int Version { get; init; }

    /// <summary>The form, complete or not.</summary>
    [AnyObject]
    public required JsonElement Form { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    public required string SavedBy { get; init; }

    /// <summary>From this day on the draft is gone; every save moves it.</summary>
    public required DateOnly ExpiresOn { get; init; }

    /// <summary>What is missing or wrong, by path within the form.</summary>
    public required IReadOnlyList<FaultDetail> Faults { get; init; }

    internal static DraftResponse Of(DraftRow row, JsonElement form, IReadOnlyList<FaultDetail> faults) => new()
    {
        DraftId = row.DraftId,
        Version = row.Version,
        Form = form,
        SavedAt = row.SavedAt.ToOffset(ChinaTime.Offset),
        SavedBy = row.SavedBy,
        ExpiresOn = row.ExpiresOn,
        Faults = faults,
    };

    /// <summary>Checks a form as its submission would be, and refuses nothing.</summary>
    internal static IReadOnlyList<FaultDetail> FaultsOf(JsonElement form, RequestCheck check, Language language) =>
        [.. BodyReader.Check<SubmitApplicationRequest>(form, check).Faults.Select(fault => fault.In(language))];
}
