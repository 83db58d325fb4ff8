using System.ComponentModel.DataAnnotations;
using Assistance.Domain.Shared;

namespace Assistance.Api;

/// <summary>Section <c>District</c>: whose service this is, as its documents name it.</summary>
public sealed class DistrictOptions
{
    public const string Section = "District";

    /// <summary>Division code of the district; default 140213, 平城区.</summary>
    [Required, RegularExpression("[0-9]{6}")]
    public string Code { get; set; } = "140213";

    /// <summary>The issuing body's full name.</summary>
    [Required]
    public string IssuingBody { get; set; } = "大同市平城区民政局";

    /// <summary>Where reconsideration is applied for (行政复议法 art. 24).</summary>
    [Required]
    public string ReconsiderationBody { get; set; } = "大同市平城区人民政府";

    /// <summary>
    /// The court, as the district's legal office names it. Which court of Datong has jurisdiction was not found, so the
    /// default names none.
    /// </summary>
    [Required]
    public string Court { get; set; } = "有管辖权的人民法院";

    /// <summary>The hotline printed on documents (Act art. 60); 12349 is the national civil-affairs line.</summary>
    [Required]
    public string Hotline { get; set; } = "12349";

    public DivisionCode Division => DivisionCode.Parse(Code);
}
