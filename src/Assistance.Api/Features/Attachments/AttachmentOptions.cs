using System.ComponentModel.DataAnnotations;

namespace Assistance.Api.Features.Attachments;

/// <summary>Section <c>Attachments</c>: where evidence files are kept and how much of them.</summary>
public sealed class AttachmentOptions
{
    public const string Section = "Attachments";

    /// <summary>
    /// The folder; default <c>attachments</c> beside the database, or in the working directory where the database is a
    /// server. Several instances need one folder that they share and whose file locks hold between them.
    /// </summary>
    public string? Folder { get; set; }

    /// <summary>The most bytes of one file; default 10 MiB.</summary>
    [Range(1, 1_073_741_824)]
    public long MostBytes { get; set; } = 10_485_760;

    /// <summary>The most attachments of one application that are unfinished or not used yet; default 200.</summary>
    [Range(1, 10_000)]
    public int MostUnused { get; set; } = 200;

    /// <summary>How long after its last byte an upload is kept that is unfinished or not supplied for its item; default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "366.00:00:00")]
    public TimeSpan AbandonedAfter { get; set; } = TimeSpan.FromDays(7);
}
