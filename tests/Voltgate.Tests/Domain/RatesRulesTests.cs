using Voltgate.Domain.Rates;
using static Voltgate.Tests.Domain.RatesGiven;

namespace Voltgate.Tests.Domain;

public sealed class RatesRulesTests
{
    private static readonly PriceList Any = Prices("any", PerKWh(1m));

    [Fact]
    public void A_sound_plan_has_no_problem()
    {
        var plan = Plan(PerKWh(0.49m, 19, 100), PerHour(1m, 0, 60), Parking(6m, 4m, 100), Once(0m)) with
        {
            Schedule =
            [
                Window("22:00", "06:00", Any, 1, 2, 3, 4),
                Window("06:00", "22:00", Any, 1, 2, 3, 4, 5),
                Window("00:00", "24:00", Any, 0),
            ],
            MinimumMicros = 0,
            MaximumMicros = 0,
        };

        Assert.Empty(RateRules.Of(plan));
    }

    [Fact]
    public void Every_problem_of_the_components_is_told_with_its_field()
    {
        var problems = RateRules.OfComponents(
        [
            PerKWh(-0.01m, 100.000001m, 0),
            PerHour(1m, -1m) with { GracePeriodMs = 1 },
            PerKWh(1_000_000.000001m),
            Parking(1m, -1m),
            Once(1m) with { StepSize = 1 },
        ]);

        Assert.Equal(
            [
                "price_components[0].price",
                "price_components[0].tax",
                "price_components[0].step_size",
                "price_components[1].tax",
                "price_components[1].grace_period",
                "price_components[2].type",
                "price_components[2].price",
                "price_components[3].grace_period",
                "price_components[4].step_size",
            ],
            problems.Select(p => p.Field));
        Assert.All(problems, p => Assert.EndsWith(".", p.Message));
    }

    [Theory]
    [InlineData("EUR", 0L, 1L, "")]
    [InlineData("eur", null, null, "currency")]
    [InlineData("XXX", null, null, "currency")]
    [InlineData("", null, null, "currency")]
    [InlineData("JPY", -1L, null, "minimum_amount")]
    [InlineData("JPY", null, -1L, "maximum_amount")]
    [InlineData("KWD", 2L, 1L, "maximum_amount")]
    public void Currency_minimum_and_maximum_are_checked(string currency, long? minimum, long? maximum, string fields)
    {
        Assert.Equal(fields, string.Join(",", RateRules.OfAmounts(currency, minimum, maximum).Select(p => p.Field)));
    }

    [Fact]
    public void Every_problem_of_a_schedule_entry_is_told_with_its_field()
    {
        var sound = Window("08:00", "09:00", Any);
        var problems = RateRules.OfLayout(
        [
            sound,
            sound with { StartMinute = -1, EndMinute = 1_441 },
            sound with { StartMinute = 1_440 },
            sound with { StartMinute = 60, EndMinute = 60 },
            sound with { DaysOfWeek = [6, 7] },
            sound.Between("2026-02-02", "2026-02-01"),
        ]);

        Assert.Equal(
            [
                "layout[1].target.start_time",
                "layout[1].target.end_time",
                "layout[2].target.start_time",
                "layout[3].target.end_time",
                "layout[4].target.day_of_week",
                "layout[5].target.end_date",
            ],
            problems.Select(p => p.Field));
    }

    public static TheoryData<string, ScheduleEntry, ScheduleEntry, bool> Pairs => new()
    {
        { "the same", Window("08:00", "10:00", Any), Window("08:00", "10:00", Any), true },
        { "one minute", Window("08:00", "10:00", Any), Window("09:59", "11:00", Any), true },
        { "adjacent", Window("08:00", "10:00", Any), Window("10:00", "11:00", Any), false },
        { "other days", Window("08:00", "10:00", Any, 1, 2), Window("08:00", "10:00", Any, 3), false },
        { "a day both have", Window("08:00", "10:00", Any, 1, 2), Window("09:00", "10:00", Any, 2, 3), true },
        { "every day and one", Window("08:00", "10:00", Any), Window("09:00", "10:00", Any, 6), true },
        { "early next morning", Window("22:00", "06:00", Any), Window("05:00", "07:00", Any), true },
        { "up to midnight", Window("22:00", "00:00", Any), Window("00:00", "07:00", Any), false },
        { "two nights", Window("22:00", "06:00", Any), Window("23:00", "01:00", Any), true },
        { "Friday's night on Saturday", Window("22:00", "06:00", Any, 5), Window("05:00", "07:00", Any, 6), true },
        { "Friday's night on Friday", Window("22:00", "06:00", Any, 5), Window("05:00", "07:00", Any, 5), false },
        { "Saturday's night on Sunday", Window("22:00", "06:00", Any, 6), Window("05:00", "07:00", Any, 0), true },
        {
            "dates apart",
            Window("08:00", "10:00", Any).Between(null, "2026-01-31"),
            Window("08:00", "10:00", Any).Between("2026-02-01", null),
            false
        },
        {
            "a date both have",
            Window("08:00", "10:00", Any).Between(null, "2026-02-01"),
            Window("08:00", "10:00", Any).Between("2026-02-01", null),
            true
        },
        {
            "the last night reaches into the next dates",
            Window("22:00", "06:00", Any).Between(null, "2026-01-31"),
            Window("05:00", "07:00", Any).Between("2026-02-01", null),
            true
        },
        {
            "shared dates without a shared day of the week: 2 to 4 February 2026 are Monday to Wednesday",
            Window("08:00", "10:00", Any, 4).Between("2026-02-02", "2026-02-04"),
            Window("08:00", "10:00", Any),
            false
        },
        {
            "shared dates with a shared day of the week",
            Window("08:00", "10:00", Any, 3).Between("2026-02-02", "2026-02-04"),
            Window("08:00", "10:00", Any),
            true
        },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Entries_that_overlap_are_refused(string because, ScheduleEntry a, ScheduleEntry b, bool overlap)
    {
        string[] expected = overlap ? ["layout[1].target.start_time"] : [];

        Assert.True(expected.SequenceEqual(RateRules.OfLayout([a, b]).Select(p => p.Field)), because);
        Assert.True(expected.SequenceEqual(RateRules.OfLayout([b, a]).Select(p => p.Field)), because);
    }

    [Theory]
    [InlineData("00:00", 0)]
    [InlineData("06:05", 365)]
    [InlineData("23:59", 1_439)]
    [InlineData("24:00", 1_440)]
    [InlineData("24:01", -1)]
    [InlineData("12:60", -1)]
    [InlineData("1:00", -1)]
    [InlineData("01:0a", -1)]
    [InlineData("01.00", -1)]
    [InlineData("٠١:٠٠", -1)]
    [InlineData("", -1)]
    public void A_time_of_day_is_two_digits_a_colon_and_two_digits(string text, int minute)
    {
        Assert.Equal(minute, RateRules.TryReadMinute(text, out var read) ? read : -1);
    }
}
