using Voltgate.Domain;
using Voltgate.Domain.Rates;
using static Voltgate.Tests.Domain.RatesGiven;

namespace Voltgate.Tests.Domain;

/// <summary>D26 and the four kinds of price, to the exact minor unit.</summary>
public sealed class RatesCostTests
{
    private const long Hour = 3_600_000;

    [Fact]
    public void A_bill_with_each_kind_of_price_and_tax()
    {
        var plan = Plan(PerKWh(0.49m, 19), PerHour(1.20m, 7), Parking(6m, graceHours: 0.5m, tax: 19), Once(0.35m, 19));

        var bill = Cost.Of(plan, [Used(12.345m, 90 * 60_000, 45 * 60_000)], 100, 8_100_000);

        var to = 135 * 60_000;
        Assert.Equal(
            [
                new(PriceType.Flat, "day", "day-id", 1m, "session", 0.35m, 0.35m, 19, 0.0665m, 0.4165m, 100, 8_100_000),
                new(PriceType.Energy, "day", "day-id", 12.345m, "kWh", 0.49m, 6.04905m, 19, 1.14932m, 7.19837m, 0, to),
                new(PriceType.Time, "day", "day-id", 1.5m, "hour", 1.20m, 1.8m, 7, 0.126m, 1.926m, 0, to),
                new(PriceType.ParkingTime, "day", "day-id", 0.25m, "hour", 6m, 1.5m, 19, 0.285m, 1.785m, 0, to),
            ],
            bill.Lines);
        Assert.Equal((11_330_000, "EUR"), (bill.AmountMicros, bill.Currency)); // of 11.32587
    }

    [Theory]
    [InlineData("EUR", "0.125", "0.12")] // ties go to the even neighbour
    [InlineData("EUR", "0.135", "0.14")]
    [InlineData("EUR", "0.125001", "0.13")]
    [InlineData("EUR", "0.004999", "0")]
    [InlineData("JPY", "100.5", "100")]
    [InlineData("JPY", "101.5", "102")]
    [InlineData("JPY", "0.500001", "1")]
    [InlineData("KWD", "1.0005", "1.000")]
    [InlineData("KWD", "1.0015", "1.002")]
    [InlineData("KWD", "1.0014", "1.001")]
    [InlineData("ISK", "2.5", "2")]
    [InlineData("TND", "0.0125", "0.012")]
    public void The_amount_is_rounded_half_even_to_the_minor_unit(string currency, string price, string amount)
    {
        var plan = Plan(Once(D(price))) with { Currency = currency };

        Assert.Equal(D(amount), AmountOf(plan, Used()));
    }

    [Theory]
    [InlineData(1, "1.8", "0")] // 0.0000005 → 0
    [InlineData(3, "1.8", "0.000002")] // 0.0000015 → 0.000002: a quotient cut short first would say 0.000001
    [InlineData(5, "1.8", "0.000002")] // 0.0000025 → 0.000002
    [InlineData(1_200_000, "1", "0.333333")]
    [InlineData(2_400_000, "1", "0.666667")]
    [InlineData(1_200_000, "3", "1")]
    public void A_line_is_rounded_half_even_to_six_decimals(long drawMs, string price, string before)
    {
        var line = Assert.Single(Cost.Of(Plan(PerHour(D(price))), [Used(drawMs: drawMs)], 0, drawMs).Lines);

        Assert.Equal(D(before), line.BeforeTax);
    }

    [Theory]
    [InlineData("0.00001", "5", "0")] // 0.0000005
    [InlineData("0.00003", "5", "0.000002")] // 0.0000015
    [InlineData("1", "19", "0.19")]
    [InlineData("0.333333", "8.875", "0.029583")]
    public void Tax_is_rounded_half_even_to_six_decimals_and_added(string price, string tax, string totalTax)
    {
        var line = Assert.Single(Cost.Of(Plan(Once(D(price), D(tax))), [], 0, 0).Lines);

        Assert.Equal(D(totalTax), line.TotalTax);
        Assert.Equal(line.BeforeTax + line.TotalTax, line.TotalCost);
    }

    [Theory]
    [InlineData("1", null, null, "1.00")]
    [InlineData("1", "2", null, "2.00")]
    [InlineData("3", "2", "10", "3.00")]
    [InlineData("30", "2", "10", "10.00")]
    [InlineData("1", "1.005", null, "1.00")] // the lifted amount is rounded too
    [InlineData("0", "2", null, "2.00")]
    public void The_amount_is_lifted_to_the_minimum_and_capped_at_the_maximum(
        string price, string? minimum, string? maximum, string amount)
    {
        var plan = Plan(PerKWh(D(price))) with
        {
            MinimumMicros = minimum is null ? null : Micros(D(minimum)),
            MaximumMicros = maximum is null ? null : Micros(D(maximum)),
        };

        Assert.Equal(D(amount), AmountOf(plan, Used(1)));
    }

    [Fact]
    public void Rounding_happens_once_for_the_sum_not_for_each_line()
    {
        Assert.Equal(0.02m, AmountOf(Plan(Once(0.006m), PerKWh(0.006m), PerHour(0.006m)), Used(1, Hour)));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(30, "0")]
    [InlineData(31, "0.10")]
    [InlineData(90, "6")]
    public void Parking_costs_what_is_beyond_the_grace_period(int idleMinutes, string amount)
    {
        Assert.Equal(D(amount), AmountOf(Plan(Parking(6m, 0.5m)), Used(idleMs: idleMinutes * 60_000)));
    }

    [Fact]
    public void Grace_is_spent_once_over_the_session_and_not_again_for_each_segment()
    {
        var plan = Plan(Parking(6m, 0.5m)) with
        {
            Schedule = [Window("22:00", "06:00", Prices("night", Parking(3m, 1m)))],
        };

        // 20 min under day's grace; night has 60 in all, 40 are left, so 20 of its hour; day again has none left.
        var bill = Cost.Of(
            plan, [Used(idleMs: Hour / 3), Used(idleMs: Hour, rate: 1), Used(idleMs: Hour / 2)], 0, 2 * Hour);

        Assert.Equal([1m, 3m], bill.Lines.Select(l => l.BeforeTax));
        Assert.Equal(4_000_000, bill.AmountMicros);
    }

    [Theory]
    [InlineData("0.0004", 1_000, "1")]
    [InlineData("1", 1_000, "1")]
    [InlineData("1.000001", 1_000, "2")]
    [InlineData("1.25", 300, "1.5")]
    public void Energy_is_rounded_up_to_its_step_in_watt_hours(string kWh, int step, string billed)
    {
        var line = Assert.Single(Cost.Of(Plan(PerKWh(1m, step: step)), [Used(D(kWh))], 0, 0).Lines);

        Assert.Equal((D(billed), D(billed)), (line.Quantity, line.BeforeTax));
    }

    [Fact]
    public void Time_is_rounded_up_to_its_step_in_seconds_after_the_grace()
    {
        var plan = Plan(PerHour(60m, step: 60), Parking(60m, graceHours: 0.5m, step: 300));

        var bill = Cost.Of(plan, [Used(drawMs: 60_001, idleMs: Hour / 2 + 1)], 0, 0);

        Assert.Equal([2m, 5m], bill.Lines.Select(l => l.BeforeTax));
    }

    [Fact]
    public void Lines_without_quantity_and_a_flat_of_nothing_are_left_out_but_free_energy_is_shown()
    {
        var bill = Cost.Of(Plan(PerKWh(0m), PerHour(1m), Parking(1m), Once(0m)), [Used(3)], 0, 0);

        Assert.Equal((PriceType.Energy, 3m, 0m), bill.Lines.Select(l => (l.Type, l.Quantity, l.TotalCost)).Single());
    }

    [Fact]
    public void The_flat_price_is_that_of_the_list_in_force_at_the_start_and_charged_once()
    {
        var plan = Plan(Once(1m)) with { Schedule = [Window("22:00", "06:00", Prices("night", Once(2m)))] };
        var start = At("2026-01-15T23:00+01:00");
        var begun = Usage.Begin(plan, Berlin, start);
        var used = Usage.AddTime(plan, Berlin, begun, start, start + 10 * Hour, drawing: true);

        Assert.Equal(2_000_000, Cost.AmountOf(plan, begun, start));
        Assert.Equal((2, 2_000_000), (used.Length, Cost.AmountOf(plan, used, start)));
        Assert.Equal("night", Assert.Single(Cost.Of(plan, used, start, start + 10 * Hour).Lines).RateName);
        Assert.Equal(1_000_000, Cost.AmountOf(plan, [], start));
    }

    [Fact]
    public void The_dearest_price_of_a_month_at_a_megawatt_does_not_overflow()
    {
        var plan = Plan(PerKWh(1_000_000m, 100));

        Assert.Equal(1_440_000_000_000m, AmountOf(plan, Used(720_000m)));
    }

    private static decimal D(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
