"""人口統計の規則 What may be published of counts; pure."""
