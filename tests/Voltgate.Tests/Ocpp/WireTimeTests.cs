using Voltgate.Domain.Stations;
using Voltgate.Ocpp;

namespace Voltgate.Tests.Ocpp;

public class WireTimeTests
{
    private const long Seven = 1_795_330_800_000; // 2026-11-22T07:00:00Z

    [Theory]
    [InlineData("2026-11-22T07:00:00Z", 0)]
    [InlineData("2026-11-22t07:00:00z", 0)]
    [InlineData("2026-11-22 07:00:00Z", 0)]
    [InlineData(" 2026-11-22T07:00:00Z ", 0)]
    [InlineData("2026-11-22T07:00:00.5Z", 500)]
    [InlineData("2026-11-22T07:00:00,25Z", 250)]
    [InlineData("2026-11-22T07:00:00.123456789Z", 123)]
    [InlineData("2026-11-22T07:00:00.999999999999999999999Z", 999)]
    [InlineData("2026-11-22T09:00:00+02:00", 0)]
    [InlineData("2026-11-22T01:30:00-0530", 0)]
    [InlineData("2026-11-22T08:00:00+01", 0)]
    [InlineData("2026-11-22T07:00:00+00:00", 0)]
    public void Forms_with_a_zone_are_read(string text, int ms) =>
        Assert.Equal(new StationTime(Seven + ms, TimeFlaw.None, text), WireTime.Read(text));

    [Theory]
    [InlineData("2026-11-22T07:00:00")]
    [InlineData("2026-11-22 07:00:00.000")]
    public void A_missing_zone_means_UTC_and_is_flagged(string text) =>
        Assert.Equal(new StationTime(Seven, TimeFlaw.NoZone, text), WireTime.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-02-30T07:00:00Z")]
    [InlineData("2026-13-01T07:00:00Z")]
    [InlineData("2026-00-01T07:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2026-11-22T24:00:00Z")]
    [InlineData("2026-11-22T07:60:00Z")]
    [InlineData("2026-11-22T07:00:60Z")]
    [InlineData("2026-11-22T07:00Z")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T07:00:00.Z")]
    [InlineData("2026-11-22T07:00:00ZZ")]
    [InlineData("2026-11-22T07:00:00+1")]
    [InlineData("2026-11-22T07:00:00+01:0")]
    [InlineData("2026-11-22T07:00:00+19:00")]
    [InlineData("2026-11-22X07:00:00Z")]
    [InlineData("٢٠٢٦-11-22T07:00:00Z")]
    public void Anything_else_is_unreadable_and_kept_as_it_came(string text) =>
        Assert.Equal(new StationTime(null, TimeFlaw.Unreadable, text), WireTime.Read(text));

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(Seven, "2026-11-22T07:00:00.000Z")]
    [InlineData(Seven + 7, "2026-11-22T07:00:00.007Z")]
    [InlineData(long.MaxValue, "9999-12-31T23:59:59.999Z")]
    [InlineData(long.MinValue, "0001-01-01T00:00:00.000Z")]
    public void Times_are_written_in_one_form(long ms, string expected) => Assert.Equal(expected, WireTime.Write(ms));
}
